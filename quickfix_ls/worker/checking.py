"""Runs the user's own checkers during one request: on the document, and on the text after a fix to prove it.

A fix is proven if a checker that reported the problem no longer reports it, and reports nothing new; or if the
language's judge accepts the text after it. The diagnostics and judgements of a text are cached until the document
changes.
"""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePath
from typing import Literal

from anyio import to_thread

from quickfix_ls import checkers
from quickfix_ls.checkers import Checkers
from quickfix_ls.checkers.checker import Checker
from quickfix_ls.checkers.serving import Servers
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import Judge, Judges
from quickfix_ls.problems import problem_of
from quickfix_ls.problems.kinds import KINDS, kind_of
from quickfix_ls.tasks import side_by_side
from quickfix_ls.values import Offer, Problem, Reported, Span, apply_edits

logger = logging.getLogger(__name__)

CheckerReports = dict[tuple[str, str], tuple[Reported, ...]]
"""The checkers' diagnostics by the checker's name and the text."""

CheckerProof = Literal["proven", "refuted", "unknown"]

Judgements = dict[str, CheckerProof]
"""The judge's proofs, by the text after a fix."""

_JUDGED: dict[bool | None, CheckerProof] = {True: "proven", False: "refuted", None: "unknown"}

_MAX_REPORTS = 50
_LINE = re.compile(r"\bline \d+")


@dataclass(frozen=True)
class Checking:
    """The checkers that the settings name for a document, during one request.

    `until` is the deadline in seconds of `time.monotonic`; after it only the cached diagnostics in `checked` and proofs
    in `judged` count.
    """

    names: tuple[str, ...]
    path: str
    until: float
    checked: CheckerReports
    servers: Servers
    judged: Judgements = field(default_factory=dict)

    async def reports(self, index: Index) -> tuple[Reported, ...]:
        """Return all checkers' diagnostics of a document. Cancellation stops them."""
        runs = (partial(self._run, checker, index, index.snapshot) for checker in self._checkers(index))
        found = await side_by_side(*runs)
        return tuple(reported for reports in found for reported in reports or ())

    async def proven(self, index: Index, problem: Problem, offers: tuple[Offer, ...], limit: int) -> tuple[Offer, ...]:
        """Check the offers for a problem in turn, up to the first proven one, and return at most `limit` of them.

        Refuted offers are dropped; the first proven one is put in front, with a note about who proved it. Of a problem
        that only a checker can prove fixed, no unproven offer is returned. Cancellation stops the checkers.
        """
        reporters = self._reporters(index, problem)
        judge = index.language.part(Judges).of(index.environment)
        doubtful: list[Offer] = []
        for place, offer in enumerate(offers):
            proving = [
                partial(self._proof, checker, index, problem, offer, about) for checker, about in reporters.items()
            ]
            judging = [partial(self._judgement, judge, index, offer)] if judge else []
            proofs = await side_by_side(*proving, *judging)
            if proofs:
                logger.debug("checked %r: %s", offer.candidate.title, proofs)
            if "refuted" in proofs:
                continue
            if "proven" not in proofs:
                doubtful.append(offer)
                continue
            by = [checker.name for checker, proof in zip(reporters, proofs, strict=False) if proof == "proven"]
            checks = [f"checked with {' and '.join(by)}"] if by else []
            checks += [judge.check] if judge and proofs[-1] == "proven" else []
            first = _with_checks(offer, *checks)
            others = () if kind_of(problem).proof == "checker" else (*doubtful, *offers[place + 1 :])
            return (first, *others)[:limit]
        return () if kind_of(problem).proof == "checker" else tuple(doubtful[:limit])

    def _reporters(self, index: Index, problem: Problem) -> dict[Checker, Counter[str]]:
        """Return the checkers that reported a problem, with their diagnostics of it."""
        text = index.snapshot.text
        found = {checker: self.checked.get((checker.name, text), ()) for checker in self._checkers(index)}
        reporters = {checker: _about(index, problem, reports) for checker, reports in found.items()}
        return {checker: about for checker, about in reporters.items() if about}

    async def _proof(
        self, checker: Checker, index: Index, problem: Problem, offer: Offer, about: Counter[str]
    ) -> CheckerProof:
        """Return a checker's verdict on the text after an offer; `about` are its diagnostics of the problem.

        Cancellation stops the checker.
        """
        snapshot = Snapshot.of(apply_edits(index.snapshot.text, offer.candidate.edits))
        found = await self._run(checker, index, snapshot)
        if found is None:
            return "unknown"
        before = _counted(problem, index, index.snapshot, self.checked[checker.name, index.snapshot.text])
        after = _counted(problem, index, snapshot, found)
        if kind_of(problem).proof == "parser":
            if after.total() < before.total() and not after - before:
                return "proven"
            # Behind a syntax error there may be another that the checker could not see before.
            return "unknown" if after - before else "refuted"
        is_left = any(after[key] > before[key] - count for key, count in about.items())
        return "refuted" if is_left or after - before else "proven"

    async def _judgement(self, judge: Judge, index: Index, offer: Offer) -> CheckerProof:
        """Return the judge's verdict on the text after an offer. Cancellation leaves it working in its thread."""
        edits = offer.candidate.edits
        after = apply_edits(index.snapshot.text, edits)
        if after not in self.judged:
            left = self.until - time.monotonic()
            if left <= 0:
                return "unknown"
            try:
                accepted = await to_thread.run_sync(judge.accepts, index, edits, left, abandon_on_cancel=True)
            except Exception:
                logger.exception("a fix could not be judged")
                accepted = None
            self.judged[after] = _JUDGED[accepted]
        return self.judged[after]

    async def _run(self, checker: Checker, index: Index, snapshot: Snapshot) -> tuple[Reported, ...] | None:
        """Return a checker's diagnostics of a text; None if it failed or the time ran out.

        Cancellation stops the checker and caches nothing.
        """
        key = checker.name, snapshot.text
        if key not in self.checked:
            left = self.until - time.monotonic()
            own = index.language.part(Checkers)
            suffix, version = PurePath(self.path).suffix, own.version(index.environment)
            suffix = suffix if suffix in own.other_suffixes else own.suffix
            found = await self.servers.run(checker, snapshot, version, left, suffix) if left > 0 else None
            if found is None:
                return None
            self.checked[key] = found
        return self.checked[key]

    def _checkers(self, index: Index) -> list[Checker]:
        """Return the language's checkers that the settings name; unknown names are logged."""
        known = checkers.all_checkers(index.language.part(Checkers))
        for name in self.names:
            if name not in known:
                logger.warning("there is no checker `%s`; the checkers are %s", name, ", ".join(known))
        return [known[name] for name in dict.fromkeys(self.names) if name in known]


def on_lines_of(snapshot: Snapshot, span: Span, found: Iterable[Reported]) -> list[Reported]:
    """Return the diagnostics on the lines of a span."""
    first, last = snapshot.line_at(span.start), snapshot.line_at(span.end)
    return [
        reported
        for reported in found
        if snapshot.line_at(reported.span.start) <= last and first <= snapshot.line_at(reported.span.end)
    ]


def _about(index: Index, problem: Problem, found: Iterable[Reported]) -> Counter[str]:
    """Count a checker's diagnostics that are about a problem, by `_key`."""
    if not kind_of(problem).wide:
        near = on_lines_of(index.snapshot, problem.span, found)
    else:
        near = sorted(found, key=lambda reported: abs(reported.span.start - problem.span.start))
    return Counter(_key(reported) for reported in near[:_MAX_REPORTS] if problem_of(index, reported) == problem)


def _counted(problem: Problem, index: Index, snapshot: Snapshot, found: Iterable[Reported]) -> Counter[str]:
    """Count the diagnostics that matter for a problem, by `_key`.

    For a syntax error only syntax errors matter, since a checker reports others only in a file without them. An
    unresolved import matters only if the problem is one of imports, since the checker sees the file without its
    project.
    """
    own = index.language.part(Checkers)
    if kind_of(problem).proof == "parser":
        return Counter(_key(reported) for reported in found if _is_syntax_error(own, reported))
    if problem.code in own.import_errors:
        return Counter(map(_key, found))
    return Counter(
        _key(reported)
        for reported in found
        if not own.imports.match(snapshot.line_text(snapshot.line_at(reported.span.start)))
    )


def _is_syntax_error(own: Checkers, reported: Reported) -> bool:
    reading = checkers.read(own, reported)
    return reading is not None and KINDS[reading.kind].proof == "parser"


def _key(reported: Reported) -> str:
    """Return a diagnostic's code and message without line numbers, which an edit may change."""
    return f"{reported.code} {_LINE.sub('line', reported.message)}"


def _with_checks(offer: Offer, *checks: str) -> Offer:
    return replace(offer, verdict=replace(offer.verdict, checks=(*offer.verdict.checks, *checks)))
