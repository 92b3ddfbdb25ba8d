"""Propose candidate fixes: by fixers, each for one pattern, and by a search over token edits that knows no patterns."""

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
    """Return a language's fixers that handle a problem, without those whose names are in `disabled`."""
    fixers = all_fixers(language.part(Fixers))
    return tuple(fixer for fixer in fixers if fixer.takes(problem) and fixer.name not in disabled)


class Proposal(NamedTuple):
    """A candidate with the search's score: `bits` is its log2 likelihood relative to the unchanged text.

    A fixer's candidate is not scored; its `bits` is None.
    """

    candidate: Candidate
    bits: float | None = None


def propose(context: Context, fixers: Collection[Fixer], plausibility: Plausibility) -> Iterator[Proposal]:
    """Yield the candidates of all sources lazily, with the line ends of the document. Equal candidates are not merged.

    The fixers' candidates come first, then, for a syntax error, those of the search, the likeliest first, so that the
    caller may stop when the rest is not worth validating (`search.HORIZON`). A fixer that raises, or whose edits
    overlap, is logged and skipped.
    """
    line_end = _line_end(context.snapshot.text)
    for fixer in fixers:
        try:
            for candidate in fixer.propose(context):
                edits = tuple(_ended(edit, line_end) for edit in sorted(candidate.edits))
                if any(earlier.span.end > later.span.start for earlier, later in pairwise(edits)):
                    raise ValueError(f"edits overlap: {edits}")
                yield Proposal(replace(candidate, edits=edits, source=fixer.source))
        except Exception:
            _LOG.exception("fixer %s failed and was skipped", fixer.name)
    if kind_of(context.problem).proof == "parser":
        yield from starmap(Proposal, search(context, plausibility))


def _line_end(text: str) -> str:
    """Return the first line end of a text; `\\n` if it has none."""
    found = _LINE_END.search(text)
    return found.group() if found else "\n"


def _ended(edit: Edit, line_end: str) -> Edit:
    if "\n" not in edit.text or line_end == "\n":
        return edit
    return replace(edit, text=_LINE_END.sub(line_end, edit.text))
