"""The user's own checkers during one request: what they report of a document, and whether they agree with a fix.

A fix is proven where a checker that reported the problem reports it no longer, and nothing that it did not report
before. What a checker said of a text is remembered as long as the document stays as it is.
"""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath
from typing import Literal

from quickfix_ls import checkers
from quickfix_ls.checkers import Checkers
from quickfix_ls.checkers.checker import Checker
from quickfix_ls.checkers.serving import Servers
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.problems import problem_of
from quickfix_ls.problems.kinds import KINDS, kind_of
from quickfix_ls.tasks import side_by_side
from quickfix_ls.values import Offer, Problem, Reported, Span, apply_edits

logger = logging.getLogger(__name__)

CheckerReports = dict[tuple[str, str], tuple[Reported, ...]]
"""What checkers found, by their name and the text."""

CheckerProof = Literal["proven", "refuted", "unknown"]

_MOST_REPORTS = 50
_LINE = re.compile(r"\bline \d+")


@dataclass(frozen=True)
class Checking:
    """The checkers that the settings name for one document, during one request. `until` is the deadline in
    `time.monotonic`'s seconds; one in the past admits only what is known already, which is in `checked`."""

    names: tuple[str, ...]
    path: str
    until: float
    checked: CheckerReports
    servers: Servers

    async def reports(self, index: Index) -> tuple[Reported, ...]:
        """What all of them find in a document. Cancellation stops them."""
        runs = (partial(self._run, one, index, index.snapshot) for one in self._checkers(index))
        found = await side_by_side(*runs)
        return tuple(one for reports in found for one in reports or ())

    async def proven(self, index: Index, problem: Problem, offers: tuple[Offer, ...], limit: int) -> tuple[Offer, ...]:
        """At most `limit` of the offers for a problem. They are tried in turn: those that a checker refutes are left
        out, and the first that is proven stands in front and says so. Of types nothing else is known, so that only
        what is proven counts. Cancellation stops the checkers."""
        judges = self._judges(index, problem)
        doubtful: list[Offer] = []
        for place, offer in enumerate(offers):
            proving = (partial(self._proof, one, index, problem, offer, about) for one, about in judges.items())
            proofs = await side_by_side(*proving)
            if judges:
                logger.debug("checked %r: %s", offer.candidate.title, proofs)
            if "refuted" in proofs:
                continue
            if "proven" not in proofs:
                doubtful.append(offer)
                continue
            by = [one.name for one, proof in zip(judges, proofs, strict=True) if proof == "proven"]
            first = _with_check(offer, f"checked with {' and '.join(by)}")
            others = () if kind_of(problem).proof == "checker" else (*doubtful, *offers[place + 1 :])
            return (first, *others)[:limit]
        return () if kind_of(problem).proof == "checker" else tuple(doubtful[:limit])

    def _judges(self, index: Index, problem: Problem) -> dict[Checker, Counter[str]]:
        """The checkers that reported a problem, with their diagnostics of it."""
        found = {one: self.checked.get((one.name, index.snapshot.text), ()) for one in self._checkers(index)}
        judges = {one: _about(index, problem, reports) for one, reports in found.items()}
        return {one: about for one, about in judges.items() if about}

    async def _proof(
        self, checker: Checker, index: Index, problem: Problem, offer: Offer, about: Counter[str]
    ) -> CheckerProof:
        """What one checker says of a text with the offer applied. Cancellation stops the checker."""
        snapshot = Snapshot.of(apply_edits(index.snapshot.text, offer.candidate.edits))
        found = await self._run(checker, index, snapshot)
        if found is None:
            return "unknown"
        before = _counted(problem, index, index.snapshot, self.checked[checker.name, index.snapshot.text])
        after = _counted(problem, index, snapshot, found)
        if kind_of(problem).proof == "parser":
            if after.total() < before.total() and not after - before:
                return "proven"
            # Behind an error there may be another one that the checker could not see before.
            return "unknown" if after - before else "refuted"
        is_left = any(after[key] > before[key] - count for key, count in about.items())
        return "refuted" if is_left or after - before else "proven"

    async def _run(self, checker: Checker, index: Index, snapshot: Snapshot) -> tuple[Reported, ...] | None:
        """What a checker finds in a text, None where it can't say in time. Cancellation stops the checker, and what it
        found is not kept."""
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
        known = checkers.all_checkers(index.language.part(Checkers))
        for name in self.names:
            if name not in known:
                logger.warning("there is no checker `%s`; the checkers are %s", name, ", ".join(known))
        return [known[name] for name in dict.fromkeys(self.names) if name in known]


def on_lines_of(snapshot: Snapshot, span: Span, found: Iterable[Reported]) -> list[Reported]:
    """Those diagnostics that stand on the lines of a span."""
    first, last = snapshot.line_at(span.start), snapshot.line_at(span.end)
    return [
        one for one in found if snapshot.line_at(one.span.start) <= last and first <= snapshot.line_at(one.span.end)
    ]


def _about(index: Index, problem: Problem, found: Iterable[Reported]) -> Counter[str]:
    """The diagnostics of one checker that are about a problem."""
    if not kind_of(problem).wide:
        near = on_lines_of(index.snapshot, problem.span, found)
    else:
        near = sorted(found, key=lambda one: abs(one.span.start - problem.span.start))
    return Counter(_key(one) for one in near[:_MOST_REPORTS] if problem_of(index, one) == problem)


def _counted(problem: Problem, index: Index, snapshot: Snapshot, found: Iterable[Reported]) -> Counter[str]:
    """The diagnostics that count for a problem: for one of syntax those of syntax, since a checker sees all others
    only where there is none; and not that an import can't be resolved, unless the problem is one of imports, since to
    the checker the file stands alone."""
    own = index.language.part(Checkers)
    if kind_of(problem).proof == "parser":
        return Counter(_key(one) for one in found if _is_of_syntax(own, one))
    if problem.code in own.import_errors:
        return Counter(map(_key, found))
    return Counter(
        _key(one) for one in found if not own.imports.match(snapshot.line_text(snapshot.line_at(one.span.start)))
    )


def _is_of_syntax(own: Checkers, reported: Reported) -> bool:
    reading = checkers.read(own, reported)
    return reading is not None and KINDS[reading.kind].proof == "parser"


def _key(reported: Reported) -> str:
    """A diagnostic without its place, which an edit may move."""
    return f"{reported.code} {_LINE.sub('line', reported.message)}"


def _with_check(offer: Offer, check: str) -> Offer:
    return replace(offer, verdict=replace(offer.verdict, checks=(*offer.verdict.checks, check)))
