"""`quickfix-ls fix`: shows the fixes of files, applies them, lists the problems, or prints everything as JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from quickfix_ls.commands.choices import Choices, unknown_fixers
from quickfix_ls.commands.messages import warnings_shown
from quickfix_ls.commands.modes import MODES
from quickfix_ls.commands.run import Options, roots_of, running
from quickfix_ls.errors import UsageError
from quickfix_ls.settings import Layer, assignments
from quickfix_ls.settings.schema import DIALECTS


def fix(paths: Sequence[str], options: Options) -> int:
    """Run one mode on files, folders and `-` (standard input).

    Returns the exit code: 0 if every problem has an offer (`write` and `diff`: no problem is left; `check`: there is no
    problem), 1 if a problem is left, 2 if a file could not be read or written, after the others were processed. Raises
    UsageError for invalid options, ModelError for models that can't be used.
    """
    _check_options(options)
    outer = [Layer(assignments(options.settings), "--set")]
    if options.database or options.schema or options.dialect:
        from quickfix_ls.commands.databases import layer_of

        outer.append(layer_of(options.database, options.schema, options.dialect))
    choices = Choices(outer, (options.only,) if options.only else (), options.fixer, options.stdin_name)
    with warnings_shown(is_quiet=options.quiet):
        left, failed = asyncio.run(_run(paths, options, choices))
    return 2 if failed else 1 if left else 0


async def _run(paths: Sequence[str], options: Options, choices: Choices) -> tuple[int, list[str]]:
    """Return the number of problems left, and the messages about files that failed. Cancellable at every await."""
    async with running(options, choices, paths, roots_of(paths)) as run:
        return await MODES[options.mode](run), run.failed


def _check_options(options: Options) -> None:
    """Raise UsageError for options that contradict each other or name no fixer."""
    if options.mode == "check" and options.fixer:
        raise UsageError("--fixer chooses among fixes, and --check makes none: leave out one of them")
    if options.mode == "check" and options.model:
        raise UsageError("--with-model makes fixes, and --check makes none: leave out one of them")
    if options.mode != "check" and options.format != "text":
        raise UsageError("--format is for --check; --json prints fixes as JSON")
    if options.unsafe and options.mode not in ("write", "diff"):
        raise UsageError("--unsafe is for --write and --diff, which apply fixes")
    if options.dialect and options.dialect not in DIALECTS:
        raise UsageError(f"--dialect {options.dialect}: the dialects are {', '.join(filter(None, DIALECTS))}")
    if options.fixer and (wrong := unknown_fixers([options.fixer])):
        raise UsageError(f"--fixer: {wrong}")
