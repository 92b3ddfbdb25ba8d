"""Members, arguments and imported names of which types may tell what our own analysis can't: whether they exist.

What is doubtful at a place is asked about (`doubts_at`), and the answers say which doubts are problems (`informed`): a
name that its owner lacks, beside one that it has and that must have been meant.
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
from quickfix_ls.languages.python.reading import said_by
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
_MOST = 12
"""How many names are asked about at one place; a line hardly ever has more."""


class Doubt(NamedTuple):
    """A use, at its span in the document, that may be wrong; `problem` is what makes us think so, and `reported` what a
    tool said of that name, where anything does."""

    use: Use
    span: Span
    problem: Problem | None = None
    reported: str = ""

    @property
    def name(self) -> str:
        """How it is told from others on its line."""
        return f"{self.use.kind} {self.use.name}"

    @property
    def inquiry(self) -> Inquiry:
        """The question whether there is such a name."""
        assert self.use.kind in ("attribute", "keyword", "import")
        return Inquiry(self.use.kind, self.span.start)


def doubts_at(
    index: Index, span: Span, found: Sequence[Problem], reported: Sequence[Reported] = ()
) -> tuple[Doubt, ...]:
    """What types may tell about the lines of a place, the nearest first, where `found` are the problems that are known
    there and `reported` what tools say: nothing where one of the problems is proven."""
    if any(kind_of(one).proof != "checker" and one.origin in ("python", "analysis") for one in found):
        return ()
    snapshot = index.snapshot
    start = snapshot.line_span(snapshot.line_at(span.start)).start
    within = Span(start, snapshot.line_span(snapshot.line_at(span.end)).end)
    said = {
        (reading.code, reading.name): said_by(one)
        for one in reported
        if (reading := checkers.read(one)) is not None and reading.name
    }
    doubts = (
        one._replace(reported=said.get((_ERRORS[one.use.kind], one.use.name), ""))
        for one in _doubts(index, within, found)
    )
    return tuple(sorted(doubts, key=lambda one: (not (one.problem or one.reported), one.span.gap(span))))[:_MOST]


def suspected_in(index: Index) -> tuple[Doubt, ...]:
    """What is suspected anywhere in a document, where nobody points at a place."""
    whole = Span(0, len(index.snapshot.text))
    found = list(suspicions(index, 0, len(index.cuts) - 1, whole))
    return tuple(one for one in _doubts(index, whole, found) if one.problem is not None)


def informed(index: Index, found: Sequence[Problem], doubts: Sequence[Doubt], answers: Answers) -> list[Problem]:
    """The problems at a place once types are known: first those that types show, then those of `found` that types
    don't refute. What a tool reported is not refuted, since it may know more."""
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
    return [*shown, *(one for one in found if one not in settled)]


def _doubts(index: Index, within: Span, found: Iterable[Problem]) -> Iterator[Doubt]:
    if is_file_off(index.snapshot):
        return
    problems = {(one.span, one.code): one for one in found if kind_of(one).proof == "analysis"}
    first, last = index.unit_at(within.start), index.unit_at(within.end)
    for unit in range(first, last + 1):
        facts, start = facts_of(index, unit), index.cuts[unit].start
        for use in (*facts.uses.uses, *facts.uses.own):
            span = Span(start + use.span.start, start + use.span.end)
            if use.kind in _ERRORS and span.touches(within) and not is_off(index.snapshot, span):
                yield Doubt(use, span, problems.get((span, _ERRORS[use.kind])))


def _shown(index: Index, doubt: Doubt, facts: Facts) -> Problem | None:
    """The problem that a doubt is: its owner lacks the name, and has one that is near."""
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
        # As the tool has it, so that the tool can be asked whether it is gone.
        return replace(doubt.problem, origin=TYPES, hints=tuple(near))
    message = _MESSAGES[use.kind].format(owner=facts.owner, name=use.name, module=use.owner)
    return Problem(NAME, message, _ERRORS[use.kind], doubt.span, use.name, TYPES, doubt.reported, tuple(near))


def _is_certain(index: Index, use: Use, at: int, facts: Facts) -> bool:
    """Whether a name that nobody else doubts is missing: all that its owner has is known, the code does not expect it
    to be missing, and nothing in the file gives it to anything."""
    text = index.snapshot.text
    if not facts.is_complete or use.name.startswith("__") or (use.guarded and not _is_for_checkers(index, at)):
        return False
    return not is_given(text, use.name) and not is_elsewhere(text, use.name)


def _is_for_checkers(index: Index, at: int) -> bool:
    """Whether the code at an offset stands below `if TYPE_CHECKING:`: then it is guarded from running, not from being
    wrong."""
    return _FOR_CHECKERS.match(index.region(index.unit_at(at)).text) is not None
