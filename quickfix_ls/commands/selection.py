"""Which offers `fix --write` and `fix --diff` apply, and why the others were left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from quickfix_ls.candidates.generate import SOURCE as MODEL
from quickfix_ls.commands.silence import percent
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.fix_all import Finder
from quickfix_ls.index.index import Index
from quickfix_ls.values import Offer, Problem

UNSAFE_PROBABILITY = 0.5
"""The probability from which on an offer that is not preferred is applied with `--unsafe`."""

Cause = Literal["unsafe", "unlikely", "content", "none"]
"""Why a problem is left: its best offer needs `--unsafe`, is more likely wrong than right, or removes content; or it
has no offer."""

_SUMMARY: dict[Cause, str] = {
    "unsafe": f"less sure: --unsafe applies those from {percent(UNSAFE_PROBABILITY)}",
    "unlikely": f"with a fix below {percent(UNSAFE_PROBABILITY)}",
    "content": "with a fix that would remove content",
    "none": "without a fix",
}

_Key = tuple[str, str, str]


def may_write(offer: Offer) -> bool:
    """Return whether an offer may be written without a look at all: not if it removes content of the program."""
    return bool(getattr(offer, "keeps_content", True))


class LeftProblem(NamedTuple):
    """A problem that is left, with its best offer if it has one."""

    problem: Problem
    cause: Cause
    offer: Offer | None


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
        """Return whether to apply the best offer for a problem."""
        if _cause(offer) is None or (self._is_unsafe and _cause(offer) == "unsafe"):
            return True
        self._passed_over[_key(self._snapshot, offer.problem)] = offer
        return False

    def left(self, snapshot: Snapshot, problems: Sequence[Problem]) -> list[LeftProblem]:
        """Return the problems that are left in a text, each once, with the causes."""
        found = []
        for problem in dict.fromkeys(problems):
            offer = self._passed_over.get(_key(snapshot, problem))
            cause = (_cause(offer) or "unsafe") if offer is not None else "none"
            found.append(LeftProblem(problem, cause, offer))
        return found


def summary(causes: Counter[Cause]) -> str:
    """Return how many problems are left for which cause; empty if none is left."""
    return "; ".join(f"{causes[cause]} {text}" for cause, text in _SUMMARY.items() if causes[cause])


def told(left: LeftProblem) -> str:
    """Return in words why a problem is left."""
    if left.offer is None:
        return "no fix"
    hint = {"unsafe": "--unsafe applies it", "unlikely": "too little to apply", "content": "it removes content"}
    return f"{percent(left.offer.probability)} sure: {left.offer.candidate.title} ({hint[left.cause]})"


def _cause(offer: Offer) -> Cause | None:
    """Return what keeps an offer from being applied without `--unsafe`; None if nothing does."""
    if not may_write(offer):
        return "content"
    if offer.preferred:
        return None
    # The ranking, whose probability it is, was made without language models.
    by_model = any(source.startswith(MODEL) for source in offer.sources)
    return "unsafe" if offer.probability >= UNSAFE_PROBABILITY or by_model else "unlikely"


def _key(snapshot: Snapshot, problem: Problem) -> _Key:
    """Return what identifies a problem although edits elsewhere move it: its code, message and line."""
    return problem.code, problem.message, snapshot.line_text(snapshot.line_at(problem.span.start))
