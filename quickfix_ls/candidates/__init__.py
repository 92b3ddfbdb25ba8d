"""Where candidate fixes come from: fixers that know patterns, and a search that knows none."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise, starmap
from typing import NamedTuple

from quickfix_ls.candidates.fixers import Fixer, Fixers, all_fixers
from quickfix_ls.candidates.search import search
from quickfix_ls.context import Context
from quickfix_ls.index.language_parts import LanguageParts
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.values import Candidate, Edit, Problem

_LOG = logging.getLogger(__name__)
_LINE_END = re.compile(r"\r\n|\r|\n")


def fixers_for(language: LanguageParts, problem: Problem, disabled: Collection[str] = ()) -> tuple[Fixer, ...]:
    """The fixers of a language that are for a problem, but for those switched off by name."""
    return tuple(one for one in all_fixers(language.part(Fixers)) if one.takes(problem) and one.name not in disabled)


class Proposal(NamedTuple):
    """A candidate. `bits` is how much likelier the search finds it than the text before, in bits; None for a fixer's
    candidate, which is not weighed."""

    candidate: Candidate
    bits: float | None = None


def propose(context: Context, fixers: Collection[Fixer], plausibility: Plausibility) -> Iterator[Proposal]:
    """Every candidate of every source, each worked out when it is asked for, with the text's own line ends. Equal
    candidates are not merged.

    The fixers' candidates come first, then, for a syntax error, those of the search, the likeliest first: the caller
    may stop where the rest is not worth validating (`search.HORIZON`). A fixer that raises, or whose edits overlap, is
    logged and skipped.
    """
    line_end = _line_end(context.snapshot.text)
    for fixer in fixers:
        try:
            for candidate in fixer.propose(context):
                edits = tuple(_ended(edit, line_end) for edit in sorted(candidate.edits))
                if any(one.span.end > other.span.start for one, other in pairwise(edits)):
                    raise ValueError(f"edits overlap: {edits}")
                yield Proposal(replace(candidate, edits=edits, source=fixer.source))
        except Exception:
            _LOG.exception("fixer %s failed and was skipped", fixer.name)
    if kind_of(context.problem).stepwise:
        yield from starmap(Proposal, search(context, plausibility))


def _line_end(text: str) -> str:
    """The first line end of a text; `\\n` where it has none."""
    found = _LINE_END.search(text)
    return found.group() if found else "\n"


def _ended(edit: Edit, line_end: str) -> Edit:
    if "\n" not in edit.text or line_end == "\n":
        return edit
    return replace(edit, text=_LINE_END.sub(line_end, edit.text))
