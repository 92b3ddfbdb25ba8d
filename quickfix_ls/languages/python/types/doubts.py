"""Members, arguments and imported names whose existence only inferred types can decide.

`doubts_at` selects the doubtful references at a place, and `informed` interprets the answers: a name that its owner
lacks is a problem if the owner has a similar one that must have been meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python import checkers
from quickfix_ls.languages.python.facts import facts_of
from quickfix_ls.languages.python.members.misspelling_rules import is_elsewhere, is_given
from quickfix_ls.languages.python.members.references import Use
from quickfix_ls.languages.python.members.suspicions import ORIGIN as SUSPICION
from quickfix_ls.languages.python.members.suspicions import suspicions
from quickfix_ls.languages.python.names.near_names import nearest, nearest_method
from quickfix_ls.languages.python.reading import message_of
from quickfix_ls.languages.python.types.inquiries import Answers, Facts, Inquiry
from quickfix_ls.problems.kinds import NAME, kind_of
from quickfix_ls.problems.switches import is_file_off, is_off
from quickfix_ls.values import TYPES, Problem, Reported, Span

_ERRORS = {"attribute": "AttributeError", "keyword": "TypeError", "import": "ImportError"}
_MESSAGES = {
    "attribute": "{owner} has no attribute '{name}'",
    "keyword": "{owner}() got an unexpected keyword argument '{name}'",
    "import": "cannot import name '{name}' from '{module}'",
}
_FOR_CHECKERS = re.compile(r"\s*if[ \t]+(?:\w+\.)?TYPE_CHECKING[ \t]*:")
_MAX_DOUBTS = 12
"""The number of names that are inquired about at one place; a line hardly ever has more."""


class Doubt(NamedTuple):
    """A reference, with its span in the document, that may be wrong; `problem` is the reason for the doubt, and
    `reported` a tool's message about the name, where there are any."""

    use: Use
    span: Span
    problem: Problem | None = None
    reported: str = ""

    @property
    def name(self) -> str:
        """A key that distinguishes the doubt from others on its line."""
        return f"{self.use.kind} {self.use.name}"

    @property
    def inquiry(self) -> Inquiry:
        """The inquiry about the existence of the name."""
        assert self.use.kind in ("attribute", "keyword", "import")
        return Inquiry(self.use.kind, self.span.start, self.problem.hints if self.problem is not None else ())


def doubts_at(
    index: Index, span: Span, found: Sequence[Problem], reported: Sequence[Reported] = ()
) -> tuple[Doubt, ...]:
    """Return the doubts on the lines of a span, the nearest first. `found` are the known problems there and `reported`
    the diagnostics of tools; empty if one of the problems is proven."""
    if any(kind_of(problem).proof != "checker" and problem.origin in ("python", "analysis") for problem in found):
        return ()
    snapshot = index.snapshot
    start = snapshot.line_span(snapshot.line_at(span.start)).start
    within = Span(start, snapshot.line_span(snapshot.line_at(span.end)).end)
    messages = {
        (reading.code, reading.name): message_of(diagnostic)
        for diagnostic in reported
        if (reading := checkers.read(diagnostic)) is not None and reading.name
    }
    doubts = (
        doubt._replace(reported=messages.get((_ERRORS[doubt.use.kind], doubt.use.name), ""))
        for doubt in _doubts(index, within, found)
    )
    return tuple(sorted(doubts, key=lambda doubt: (not (doubt.problem or doubt.reported), doubt.span.gap(span))))[
        :_MAX_DOUBTS
    ]


def suspected_in(index: Index) -> tuple[Doubt, ...]:
    """Return the suspected problems anywhere in a document, as doubts."""
    whole = Span(0, len(index.snapshot.text))
    found = list(suspicions(index, 0, len(index.cuts) - 1, whole))
    return tuple(doubt for doubt in _doubts(index, whole, found) if doubt.problem is not None)


def informed(index: Index, found: Sequence[Problem], doubts: Sequence[Doubt], answers: Answers) -> list[Problem]:
    """Return the problems at a place after types are known: first those that types show, then those of `found` that
    types don't refute. Problems reported by a tool are not refuted, since the tool may know more."""
    shown: list[Problem] = []
    settled: list[Problem | None] = []
    for doubt, facts in zip(doubts, answers, strict=True):
        if facts is None:
            continue
        if problem := _shown(index, doubt, facts):
            shown.append(problem)
            settled.append(doubt.problem)
        elif doubt.use.name in facts.names and doubt.problem is not None and doubt.problem.origin == SUSPICION:
            settled.append(doubt.problem)
    return [*shown, *(problem for problem in found if problem not in settled)]


def _doubts(index: Index, within: Span, found: Iterable[Problem]) -> Iterator[Doubt]:
    if is_file_off(index.snapshot):
        return
    problems = {(problem.span, problem.code): problem for problem in found if kind_of(problem).proof == "analysis"}
    first, last = index.unit_at(within.start), index.unit_at(within.end)
    for unit in range(first, last + 1):
        facts, start = facts_of(index, unit), index.cuts[unit].start
        for use in (*facts.uses.uses, *facts.uses.own):
            span = Span(start + use.span.start, start + use.span.end)
            if use.kind in _ERRORS and span.touches(within) and not is_off(index.snapshot, span):
                yield Doubt(use, span, problems.get((span, _ERRORS[use.kind])))


def _shown(index: Index, doubt: Doubt, facts: Facts) -> Problem | None:
    """Return the problem of a doubt, if its owner lacks the name and has a similar one."""
    use = doubt.use
    if use.name in facts.names:
        return None
    near = (
        nearest(use.name, facts.names - frozenset(use.given))
        if use.kind == "keyword"
        else nearest_method(use.name, facts.names)
    )
    is_doubtful = doubt.problem is not None or bool(doubt.reported)
    if not near or not (is_doubtful or _is_certain(index, use, doubt.span.start, facts)):
        return None
    if doubt.problem is not None and doubt.problem.origin != SUSPICION:
        # The problem stays as the tool reported it, so that the tool can verify that it is gone.
        return replace(doubt.problem, origin=TYPES, hints=tuple(near))
    owner = facts.owner or _last_name(use.owner)
    message = _MESSAGES[use.kind].format(owner=owner, name=use.name, module=use.owner)
    return Problem(NAME, message, _ERRORS[use.kind], doubt.span, use.name, TYPES, doubt.reported, tuple(near))


def _last_name(owner: str) -> str:
    """Return the last name of a dotted one; a description where there is none."""
    name = owner.rpartition(".")[2]
    return name if name.isidentifier() else "the function"


def _is_certain(index: Index, use: Use, at: int, facts: Facts) -> bool:
    """Return whether a name that is not doubted otherwise is certainly missing: all members of its owner are known, the
    code does not expect it to be missing, and the file assigns it to nothing."""
    text = index.snapshot.text
    if not facts.is_complete or use.name.startswith("__") or (use.guarded and not _is_for_checkers(index, at)):
        return False
    return not is_given(text, use.name) and not is_elsewhere(text, use.name)


def _is_for_checkers(index: Index, at: int) -> bool:
    """Return whether the code at an offset is in an `if TYPE_CHECKING:` block, which guards it from running, not from
    being wrong."""
    return _FOR_CHECKERS.match(index.region(index.unit_at(at)).text) is not None
