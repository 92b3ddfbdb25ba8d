"""`quickfix-ls show-offer`: the fixes of the problem at a line, and why each is thought right."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.commands.choices import Choices
from quickfix_ls.commands.disk import read_source
from quickfix_ls.commands.files import analysis_of, pipeline_for, roots_of
from quickfix_ls.commands.findings import Finding
from quickfix_ls.commands.places import nearest_problem, path_and_line
from quickfix_ls.commands.preview import Preview
from quickfix_ls.commands.types import types_of
from quickfix_ls.pipeline import Budget
from quickfix_ls.settings import Layer, assignments
from quickfix_ls.values import Problem

_SECONDS = 1.0


def show_offer(place: str, top: int = 3, settings: Sequence[str] = ()) -> int:
    """Print the best `top` fixes of the problem at `place`, `PATH:LINE`, with their reasons.

    Returns 0, or 1 where there is no fix that we are sure enough of. Raises UsageError where the file can't be read or
    has no problem at that line, ModelError for models that can't be used.
    """
    path, line = path_and_line(place)
    source, choices = read_source(path), Choices([Layer(assignments(settings), "--set")])
    analysis = analysis_of(source.text, path, choices)
    problem = nearest_problem(place, asyncio.run(_found(analysis, path, line)))
    pipeline = pipeline_for(path, choices, roots_of([path]))
    offers = asyncio.run(pipeline.final_offers(analysis, problem, Budget(_SECONDS, top)))
    preview = Preview()
    preview.show(source, (Finding(problem, tuple(map(pipeline.explained, offers))),))
    return preview.left


async def _found(analysis: Analysis, path: str, line: int) -> list[Problem]:
    async with types_of(roots_of([path])) as types:
        return await types.found_at(analysis, path, analysis.snapshot.line_span(line - 1))
