"""`quickfix-ls show-offer`: prints the fixes of the problem at a line, with the reasons for their probabilities."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from quickfix_ls.commands.choices import Choices
from quickfix_ls.commands.disk import read_source
from quickfix_ls.commands.file_parts import FilePart, parts_of_file
from quickfix_ls.commands.path_and_line import nearest_problem, path_and_line
from quickfix_ls.commands.preview import Color, Preview, console_for
from quickfix_ls.commands.problem_offers import ProblemOffers
from quickfix_ls.commands.run import pipeline_for, roots_of
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
    part, problem = nearest_problem(place, asyncio.run(_found(source.text, path, line, choices)))
    finding = asyncio.run(_offers(pipeline_for(part, choices), part.index, problem, top))
    preview = Preview(console_for(color))
    preview.show(source, [shown] if (shown := part.shown_offers(finding)) is not None else [])
    return preview.left


async def _offers(pipeline: Pipeline, index: Index, problem: Problem, top: int) -> ProblemOffers:
    """Return the best offers for a problem with their reasons, or the reason why there are none. Cancellable."""
    offers = await pipeline.final_offers(index, problem, Budget(_SECONDS, top))
    reason = None if offers else await Silence().reason(pipeline, index, problem)
    return ProblemOffers(problem, tuple(map(pipeline.explained, offers)), reason)


async def _found(text: str, path: str, line: int, choices: Choices) -> list[tuple[FilePart, Problem]]:
    """Return the problems at a 1-based line, each with its part of the file, with those that types confirm.
    Cancellable."""
    found: list[tuple[FilePart, Problem]] = []
    roots = roots_of([path])
    async with types_of(roots) as types:
        for part in parts_of_file(text, path, choices, roots):
            span = part.span_of_line(line)
            if span is not None:
                problems = await types.found_at(part.index, path, span)
                found += [(part, problem) for problem in problems if any(part.shown([problem]))]
    return found
