"""`quickfix-ls show-offer`: prints the fixes of the problem at a line, with the reasons for their probabilities."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from quickfix_ls.commands.choices import Choices
from quickfix_ls.commands.disk import read_source
from quickfix_ls.commands.path_and_line import nearest_problem, path_and_line
from quickfix_ls.commands.preview import Color, Preview, console_for
from quickfix_ls.commands.problem_offers import ProblemOffers
from quickfix_ls.commands.run import index_of_file, pipeline_for, roots_of
from quickfix_ls.commands.types import types_of
from quickfix_ls.index.index import Index
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.settings import Layer, assignments
from quickfix_ls.silence import Silence
from quickfix_ls.values import Problem

_SECONDS = 1.0


def show_offer(place: str, top: int = 3, settings: Sequence[str] = (), color: Color = "auto") -> int:
    """Print the best `top` fixes of the problem at `place`, a string `PATH:LINE`, with their reasons.

    `settings` are strings `key=value`. Returns 0, or 1 if no fix is likely enough. Raises UsageError if the file can't
    be read or has no problem at that line, ModelError for models that can't be used.
    """
    path, line = path_and_line(place)
    source, choices = read_source(path), Choices([Layer(assignments(settings), "--set")])
    index = index_of_file(source.text, path, choices, roots_of([path]))
    problem = nearest_problem(place, asyncio.run(_found(index, path, line)))
    preview = Preview(console_for(color))
    preview.show(source, [asyncio.run(_offers(pipeline_for(path, choices), index, problem, top))])
    return preview.left


async def _offers(pipeline: Pipeline, index: Index, problem: Problem, top: int) -> ProblemOffers:
    """Return the best offers for a problem with their reasons, or the reason why there are none. Cancellable."""
    offers = await pipeline.final_offers(index, problem, Budget(_SECONDS, top))
    reason = None if offers else await Silence().reason(pipeline, index, problem)
    return ProblemOffers(problem, tuple(map(pipeline.explained, offers)), reason)


async def _found(index: Index, path: str, line: int) -> list[Problem]:
    """Return the problems at a 1-based line, with those that types confirm. Cancellable."""
    async with types_of(roots_of([path])) as types:
        return await types.found_at(index, path, index.snapshot.line_span(line - 1))
