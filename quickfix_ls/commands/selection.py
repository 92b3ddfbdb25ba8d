"""Which offers `fix --write` and `fix --diff` apply, and why the others were left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from quickfix_ls.candidates.generate import is_by_model
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.fix_all import Finder
from quickfix_ls.index.index import Index
from quickfix_ls.silence import Reason, percent
from quickfix_ls.values import Edit, Offer, Problem, apply_edits

UNSAFE_PROBABILITY = 0.5
"""The probability from which on an offer that is not preferred is applied with `--unsafe`."""

Cause = Literal["unsafe", "unlikely", "content", "settings", "unsure", "none"]
"""Why a problem is left: its best offer needs `--unsafe`, is more likely wrong than right, or removes content; or it
has no offer, see `Reason`."""

_SUMMARY: dict[Cause, str] = {
    "unsafe": f"less sure: --unsafe applies those from {percent(UNSAFE_PROBABILITY)}",
    "unlikely": f"with a fix below {percent(UNSAFE_PROBABILITY)}",
    "content": "with a fix that would remove content",
    "settings": "that you or your settings refuse",
    "unsure": "without a sure fix",
    "none": "without a fix",
}

_HINTS: dict[Cause, str] = {
    "unsafe": "--unsafe applies it",
    "unlikely": "too little to apply",
    "content": "it removes content",
}

_Key = tuple[str, str, str]


class LeftProblem(NamedTuple):
    """A problem that is left, with its best offer if it has one, or the `reason` why it has none. `line` is that of an
    earlier problem, from 1, whose best offer is the same, or 0."""

    problem: Problem
    offer: Offer | None = None
    line: int = 0
    reason: Reason | None = None

    @property
    def cause(self) -> Cause:
        """Why the problem is left."""
        if self.offer is not None:
            return _cause(self.offer) or "unsafe"
        return self.reason.cause if self.reason is not None else "none"


class Selection:
    """Selects the offers to apply to one document: the preferred ones, and with `is_unsafe` also others from
    UNSAFE_PROBABILITY on. Remembers those that it did not select."""

    def __init__(self, *, is_unsafe: bool) -> None:
        self._is_unsafe = is_unsafe
        self._passed_over: dict[_Key, Offer] = {}
        self._snapshot = Snapshot.of("")

    def watching(self, find: Finder) -> Finder:
        """Return a finder that finds the same, from which `wants` knows the text that offers are about."""

        async def found(index: Index) -> list[Problem]:
            self._snapshot = index.snapshot
            return await find(index)

        return found

    def wants(self, offer: Offer) -> bool:
        """Return whether to apply the best offer for a problem; if so, it is applied before the next question."""
        if _cause(offer) is None or (self._is_unsafe and _cause(offer) == "unsafe"):
            self._snapshot = Snapshot.of(apply_edits(self._snapshot.text, offer.candidate.edits))
            return True
        self._passed_over[_key(self._snapshot, offer.problem)] = offer
        return False

    def left(self, snapshot: Snapshot, problems: Sequence[Problem]) -> list[LeftProblem]:
        """Return the problems that are left in a text, each once, with the causes."""
        found = []
        lines: dict[tuple[Edit, ...], int] = {}
        for problem in dict.fromkeys(problems):
            offer = self._passed_over.get(_key(snapshot, problem))
            if offer is None:
                found.append(LeftProblem(problem))
                continue
            edits, line = offer.candidate.edits, snapshot.line_at(problem.span.start) + 1
            found.append(LeftProblem(problem, offer, lines.get(edits, 0)))
            lines.setdefault(edits, line)
        return found


def summary(causes: Counter[Cause]) -> str:
    """Return how many problems are left for which cause; empty if none is left."""
    return "; ".join(f"{causes[cause]} {text}" for cause, text in _SUMMARY.items() if causes[cause])


def told(left: LeftProblem) -> str:
    """Return in words why a problem is left."""
    if left.offer is None:
        return f"no fix: {left.reason.text}" if left.reason is not None else "no fix"
    if left.line:
        return f"the fix of line {left.line} is its too"
    return f"{percent(left.offer.probability)} sure: {left.offer.candidate.title} ({_HINTS[left.cause]})"


def _cause(offer: Offer) -> Cause | None:
    """Return what keeps an offer from being applied without `--unsafe`; None if nothing does."""
    if not offer.keeps_content:
        return "content"
    if offer.preferred:
        return None
    # The ranking, whose probability it is, was made without language models.
    return "unsafe" if offer.probability >= UNSAFE_PROBABILITY or is_by_model(offer) else "unlikely"


def _key(snapshot: Snapshot, problem: Problem) -> _Key:
    """Return what identifies a problem although edits elsewhere move it: its code, message and line."""
    return problem.code, problem.message, snapshot.line_text(snapshot.line_at(problem.span.start))
