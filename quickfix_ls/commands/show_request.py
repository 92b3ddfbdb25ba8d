"""`quickfix-ls show-request`: prints the requests that would be sent to the model about the problem at a line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from quickfix_ls.commands.choices import Choices
from quickfix_ls.commands.disk import read_source
from quickfix_ls.commands.file_parts import parts_of_file
from quickfix_ls.commands.models import asking, opened
from quickfix_ls.commands.path_and_line import nearest_problem, path_and_line
from quickfix_ls.commands.run import pipeline_for, roots_of
from quickfix_ls.index.index import Index
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_at
from quickfix_ls.providers import Request
from quickfix_ls.settings import Layer, Settings, assignments
from quickfix_ls.tasks import background
from quickfix_ls.values import Problem

_BUDGET = Budget(seconds=1.0)


def show_request(place: str, settings: Sequence[str] = ()) -> int:
    """Print each prompt variant's request about the problem at `place`, a string `PATH:LINE`, with secrets redacted.
    Nothing is sent.

    `settings` are strings `key=value`. Returns 0, or 1 if nothing would be sent, with the reason on the last line.
    Raises UsageError if the file can't be read or has no problem at that line, or no model is configured; WithheldError
    for a file that is never sent.
    """
    path, line = path_and_line(place)
    source, choices = read_source(path), Choices([Layer(assignments(settings), "--set")])
    wanted = choices.settings(path)
    found = [
        (part, problem)
        for part in parts_of_file(source.text, path, choices, roots_of([path]))
        if (span := part.span_of_line(line)) is not None
        for problem in find_at(part.index, span)
    ]
    part, problem = nearest_problem(place, found)
    requests, is_asked = asyncio.run(_requests(pipeline_for(part, choices), part.index, problem, wanted, path))
    for name, request in requests:
        print(f"# {name}: POST {request.url}")
        print(json.dumps(request.body, indent=2, ensure_ascii=False))
    if not requests:
        print("# Nothing would be sent: the failing lines are too long, or no variant has what it needs.")
    elif wanted.generate_when == "never":
        print("# Nothing would be sent: `generateWhen` is `never`.")
    elif not is_asked:
        print("# Nothing would be sent: a fix is sure enough without a model (`generateWhen`).")
    else:
        return 0
    return 1


async def _requests(
    pipeline: Pipeline, index: Index, problem: Problem, wanted: Settings, path: str
) -> tuple[list[tuple[str, Request]], bool]:
    """Return the names and requests of the variants, and whether they would be sent (False if a fix is sure enough
    without a model). Cancellable."""
    async with background() as tasks:
        gateway = opened(wanted, tasks)
        models = asking(gateway, wanted, path)
        question, is_asked = await pipeline.question(index, problem, _BUDGET, models)
        prompts = question.prompts if question else ()
        return [(name, gateway.preview(prompt, models.path)) for name, prompt in prompts], is_asked
