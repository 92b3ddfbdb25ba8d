"""A partial or complete repair of a region, built step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quickfix_ls.candidates.titles import is_true, title_of
from quickfix_ls.index.index import Index, Region
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.problems.syntax_errors import first_error, syntax_problem
from quickfix_ls.repairs.valid_candidate import ValidCandidate
from quickfix_ls.validation import validate
from quickfix_ls.validation.change import Change
from quickfix_ls.validation.content import keeps_content
from quickfix_ls.values import Candidate, Edit, Offer, Problem, Verdict, compose_edits


@dataclass(frozen=True, slots=True)
class Repair:
    """A sequence of steps applied to a region.

    `region` is the region after the `steps`; `problem` is the remaining problem (None if the region is well formed);
    `seen` holds the feature row of each step; `edits` are those of all steps composed, in offsets of the document.
    `cut_short`: for one of the steps, not every candidate could be tried in time.
    """

    region: Region
    problem: Problem | None
    steps: tuple[ValidCandidate, ...] = ()
    seen: tuple[tuple[float, ...], ...] = ()
    edits: tuple[Edit, ...] = ()
    cut_short: bool = False

    @classmethod
    def of(cls, region: Region, problem: Problem, index: Index) -> Repair:
        """Return the repair without steps; its problem is the region's first error, whichever one was requested."""
        fault = first_error(index, region, problem) if kind_of(problem).stepwise else None
        return cls(region, syntax_problem(fault, region.start, index) if fault else problem)

    @property
    def key(self) -> str:
        """The text after the steps so far; repairs with the same key are duplicates."""
        return self.steps[-1].change.key if self.steps else ""

    @property
    def complete(self) -> bool:
        return bool(self.steps) and self.steps[-1].change.fault is None

    def after(self, step: ValidCandidate, seen: tuple[float, ...] = (), *, cut_short: bool = False) -> Repair:
        change = step.change
        left = syntax_problem(change.fault, change.after.start, change.index) if change.fault else None
        edits = compose_edits(self.edits, change.candidate.edits)
        cut_short = cut_short or self.cut_short
        return Repair(change.after, left, (*self.steps, step), (*self.seen, seen), edits, cut_short)

    def offer(self, problem: Problem, probability: float, *, cut_short: bool = False) -> Offer:
        """Return the offer of a complete repair for the requested problem; its verdict is that of the whole repair.

        It needs a look if the search for it or for a better one was `cut_short`: what is safe to apply blind must not
        depend on how busy the machine is.
        """
        candidates = [step.change.candidate for step in self.steps]
        is_whole = not (cut_short or self.cut_short)
        safe = is_whole and all(candidate.safety == "safe" for candidate in candidates)
        source = "+".join(dict.fromkeys(step.sources[0] for step in self.steps))
        whole = Candidate(
            self.edits,
            self._title(candidates),
            source,
            "safe" if safe else "needs-a-look",
        )
        sources = tuple(dict.fromkeys(source for step in self.steps for source in step.sources))
        change = self._whole(whole)
        verdict, keeps = self._verdict(change), keeps_content(change)
        return Offer(problem, whole, sources, verdict, probability, seen=self.seen, keeps_content=keeps)

    def _title(self, candidates: Sequence[Candidate]) -> str:
        """Return the words of the only step's proposer, if they are true of the change, else the title of all edits."""
        text = self.steps[0].change.index.snapshot.text
        if len(candidates) == 1 and is_true(candidates[0].title, text, self.edits):
            return candidates[0].title
        return title_of(text, self.edits)

    def _whole(self, candidate: Candidate) -> Change:
        """Return the change that all steps make together, from the first step's region and problem."""
        first = self.steps[0].change
        if len(self.steps) == 1:
            return first
        return Change(first.index, first.problem, candidate, first.before, first.tokens)

    def _verdict(self, whole: Change) -> Verdict:
        """Validate the whole repair; the checks that its only step has already passed are not run again."""
        if len(self.steps) == 1:
            last = validate(whole, "offer")
            return Verdict((*self.steps[0].verdict.checks, *last.checks), last.refusal)
        return validate(whole, "repair", "offer")
