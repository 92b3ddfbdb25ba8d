"""Label the candidates of a row, step by step towards the human's text, with the answer that ranking should learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from quickfix_ls.context import Context
from quickfix_ls.context.build import build_context
from quickfix_ls.context.regions import regions_for
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index, Region
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.problems import find_at
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.problems.syntax_errors import syntax_problem
from quickfix_ls.ranking.features import features
from quickfix_ls.repairs.expansion import Deadline
from quickfix_ls.repairs.repair import Repair
from quickfix_ls.repairs.valid_candidate import ValidCandidate
from quickfix_ls.training.name_fixes import NameFix
from quickfix_ls.training.removed_words import removed_between, words_of
from quickfix_ls.training.rows import Row
from quickfix_ls.training.subjects import subject
from quickfix_ls.validation.content import removed_by
from quickfix_ls.values import Problem, Reported, apply_edits

_MAX_STEPS = 5
_OTHER_KINDS = {"AttributeError": "attribute", "TypeError": "type", "ImportError": "import"}
"""Kinds of rows that are treated as problems with names, by the error's type."""
_SECONDS = 5.0

MoreCandidates = Callable[[Index, Problem, Context, Sequence[ValidCandidate]], Awaitable[list[ValidCandidate]]]
"""A function that takes a file's index, the requested problem, the context of its region's first error and the present
candidates, and returns these with further ones appended."""


@dataclass(frozen=True, slots=True)
class Group:
    """All candidates of a step.

    `rows` are the features (candidates x features), `labels` are 1 for candidates that lead to the human's text, and
    `votes` are the numbers of their sources. `row_id` and `group` identify the row; `reaches` is true if a candidate is
    the human's complete text.
    """

    row_id: str
    group: str
    step: int
    rows: list[list[float]]
    labels: list[int]
    votes: list[int]
    sources: list[str]
    reaches: bool = False


@dataclass(frozen=True, slots=True)
class LabelledStep:
    """A step from a row's broken text towards the human's.

    `considered` are its candidates, `leads` tells for each whether it leads to the human's text, and `reaches` whether
    any is the human's complete text. `head` and `tail` are the document's text before and behind the region.
    """

    number: int
    context: Context
    considered: list[ValidCandidate]
    leads: list[bool]
    reaches: bool
    head: str
    tail: str

    def text(self, candidate: ValidCandidate) -> str:
        """Return the whole document after a candidate."""
        return _document(self.head, candidate, self.tail)


async def groups_of(pipeline: Pipeline, row: Row) -> list[Group]:
    """Return the groups of all steps from the broken text towards the human's. Cancellable at every await."""
    return [_group(pipeline, row, step) async for step in steps_of(pipeline, row)]


async def steps_of(pipeline: Pipeline, row: Row, more: MoreCandidates | None = None) -> AsyncIterator[LabelledStep]:
    """Yield the steps from the broken text towards the human's.

    A candidate is right if it is the human's text, or if it reduces the number of tokens left to change by exactly the
    tokens it changes, and removes no content that the human keeps; for an undefined name, if it does the same about
    that name (see `name_fixes`). The next step starts from the first right candidate. `more` adds complete repairs to
    the first step's candidates. Cancellable at every await.
    """
    found = asked_about(row)
    if found is None:
        return
    index, first, _ = found
    if row.kind != QUERY and row.kind not in (first.kind, _OTHER_KINDS.get(first.code)):
        return
    started = await _first_step(pipeline, index, first)
    if started is None:
        return
    region, problem, context, considered = started
    head, tail = row.broken[: region.start], row.broken[region.end :]
    for number in range(_MAX_STEPS):
        if number:
            step = await pipeline.expand(index, region, problem, Deadline(_SECONDS))
            context, considered = step.context, list(step.group)
        if more is not None and number == 0:
            considered = await more(index, first, context, considered)
        if not considered:
            return
        way = _way(row, problem, head, tail, region.text)
        leads = [way.leads_there(candidate) for candidate in considered]
        reaches = any(leading and way.is_there(candidate) for candidate, leading in zip(considered, leads, strict=True))
        yield LabelledStep(number, context, considered, leads, reaches, head, tail)
        right = next((candidate for candidate, leading in zip(considered, leads, strict=True) if leading), None)
        if right is None or right.change.fault is None:
            return
        region = right.change.after
        problem = syntax_problem(right.change.fault, region.start, index)


async def _first_step(
    pipeline: Pipeline, index: Index, asked: Problem
) -> tuple[Region, Problem, Context, list[ValidCandidate]] | None:
    """Return the first region in which there are candidates for the problem, or else the first one of all, with its
    first problem, context and candidates; None if there is no region. Cancellable at every await."""
    first = None
    for region in regions_for(index, asked):
        problem = Repair.of(region, asked, index).problem
        if problem is None:
            continue
        step = await pipeline.expand(index, region, problem, Deadline(_SECONDS))
        considered = list(step.group)
        found = region, problem, step.context, considered
        first = first or found
        if considered:
            return found
    return first


def asked_about(row: Row) -> tuple[Index, Problem, Region] | None:
    """Return the index, the nearest problem to a row's error, and the first region to repair; None if there is no
    problem or region."""
    of, snapshot = subject(row.lang), Snapshot.of(row.broken)
    index = of.language.index(snapshot, row.environment)
    span = of.asked(row, snapshot)
    problem = next(iter(find_at(index, span, (Reported(row.error, span),))), None)
    region = next(regions_for(index, problem), None) if problem else None
    return (index, problem, region) if problem and region else None


def first_stop(row: Row) -> tuple[Region, Context] | None:
    """Return the first region to repair for a row's syntax error, and the context of its first error; None if there is
    none."""
    found = asked_about(row)
    if found is None:
        return None
    index, _, region = found
    fault = index.fault(region)
    return (region, build_context(index, region, syntax_problem(fault, region.start, index))) if fault else None


def _group(pipeline: Pipeline, row: Row, step: LabelledStep) -> Group:
    return Group(
        row.id,
        row.group,
        step.number,
        features(step.context, step.considered, pipeline.plausibility),
        [int(leading) for leading in step.leads],
        [len(candidate.sources) for candidate in step.considered],
        [candidate.sources[0] for candidate in step.considered],
        step.reaches,
    )


def _way(row: Row, problem: Problem, head: str, tail: str, now: str) -> _Way | _NameWay:
    is_undefined = row.kind == problem.kind and problem.code == "NameError"
    return _NameWay(row, problem.name) if is_undefined else _Way(row, head, tail, now)


class _NameWay:
    """What the person did about an undefined name; see `NameFix`."""

    def __init__(self, row: Row, name: str) -> None:
        self._row, self._fix = row, NameFix(row.broken, row.fixed, name)

    def leads_there(self, candidate: ValidCandidate) -> bool:
        edits = candidate.change.candidate.edits
        if self._fix.is_like(edits):
            return True
        is_rename = len({edit.text for edit in edits}) == 1 and edits[0].text.isidentifier()
        # Comparing whole texts takes long, and tells nothing new of a rename.
        return not is_rename and _is_exact(self._row, apply_edits(self._row.broken, edits))

    is_there = leads_there


class _Way:
    """The distance of a text from the human's, in tokens; `head` and `tail` are the text around the region."""

    def __init__(self, row: Row, head: str, tail: str, now: str) -> None:
        self._row, self._head, self._tail, self._region = row, head, tail, now
        size, around = len(row.fixed), len(head) + len(tail)
        self._is_local = row.fixed.startswith(head) and row.fixed.endswith(tail) and size >= around
        """The human changed nothing around the region, so that the regions alone are compared: files may be long."""
        self._words = subject(row.lang).words
        self._fixed = self._words(row.fixed[len(head) : size - len(tail)] if self._is_local else row.fixed)
        self._now = self._words(now if self._is_local else head + now + tail)
        self._left = Levenshtein.distance(self._now, self._fixed)

    def leads_there(self, candidate: ValidCandidate) -> bool:
        if self._is_local and candidate.change.outside:
            return self.is_there(candidate)
        words = self._words(candidate.change.after.text if self._is_local else self._text(candidate))
        saved = Levenshtein.distance(self._now, words)
        if saved > 0 and Levenshtein.distance(words, self._fixed) == self._left - saved:
            return self._removes_alike(candidate) or self.is_there(candidate)
        return _code_of(words) == _code_of(self._fixed) and self.is_there(candidate)

    def _removes_alike(self, candidate: ValidCandidate) -> bool:
        """Return whether the human removed the content that a candidate removes, too, in no other form kept."""
        removed = [loss for loss in removed_by(candidate.change) if not loss.stray]
        return not removed or words_of(removed) <= self._removed

    @cached_property
    def _removed(self) -> Counter[str]:
        before = self._head + self._region + self._tail
        return removed_between(self._row, before)

    def is_there(self, candidate: ValidCandidate) -> bool:
        return candidate.change.fault is None and _is_exact(self._row, self._text(candidate))

    def _text(self, candidate: ValidCandidate) -> str:
        return _document(self._head, candidate, self._tail)


def _code_of(words: Sequence[str]) -> list[str]:
    """Return the words without the indentations of lines."""
    return [word for word in words if not word.startswith("\n")]


def _is_exact(row: Row, text: str) -> bool:
    return subject(row.lang).is_exact(row.kind, text, row.fixed)


def leads_to_fix(row: Row, text: str) -> bool:
    """Return whether a text is part of the way from a row's broken text to the human's: each of its changes is among
    those that the human made."""
    before, now, after = map(subject(row.lang).words, (row.broken, text, row.fixed))
    saved = Levenshtein.distance(before, now)
    return saved > 0 and Levenshtein.distance(now, after) == Levenshtein.distance(before, after) - saved


def _document(head: str, candidate: ValidCandidate, tail: str) -> str:
    """Return the whole text after a candidate, which may change the `head` and the `tail`, too."""
    after, tail_at = candidate.change.after, candidate.change.before.end
    before = [edit for edit in candidate.change.outside if edit.span.end <= candidate.change.before.start]
    behind = [edit for edit in candidate.change.outside if edit.span.start >= tail_at]
    return apply_edits(head, before) + after.text + apply_edits(tail, behind, tail_at)
