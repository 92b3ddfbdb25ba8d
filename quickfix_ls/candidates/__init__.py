"""Where candidate fixes come from: fixers that know patterns, and a search that knows none."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import replace

from quickfix_ls.candidates.fixers import Fixer, all_fixers
from quickfix_ls.candidates.search import search
from quickfix_ls.context import Context
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.values import Candidate, ProblemKind

_LOG = logging.getLogger(__name__)


def fixers_for(kind: ProblemKind, disabled: Collection[str] = ()) -> tuple[Fixer, ...]:
    """The fixers that handle a kind of problem, but for those switched off by name."""
    return tuple(one for one in all_fixers() if kind in one.handles and one.name not in disabled)


def propose(context: Context, fixers: Collection[Fixer], plausibility: Plausibility) -> Iterator[Candidate]:
    """Every candidate of every source, as it comes; equal ones are not merged yet.

    A source that raises is logged and skipped: it hides no other.
    """
    for one in fixers:
        try:
            for candidate in one.propose(context):
                yield replace(candidate, source=one.source)
        except Exception:
            _LOG.exception("fixer %s failed and was skipped", one.name)
    if context.problem.kind == "syntax":
        yield from search(context, plausibility)
