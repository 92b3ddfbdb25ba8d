"""`quickfix-ls run`: runs a program, and shows the fix of its error."""

from __future__ import annotations

import argparse

from quickfix_ls.cli.arguments import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "run",
        help="run a program; if it fails, show the fix under its traceback",
        description="Run a program as `python` would: the same arguments, streams, signals and exit code. If it ends "
        "with an exception, the fix stands under the traceback.",
    )
    command.add_argument("--python", default="", metavar="FILE", help="the interpreter (default: the project's own)")
    command.add_argument(
        "-m", dest="is_module", action="store_true", help="what follows is a module, as for `python -m`"
    )
    command.add_argument(
        "program", nargs=argparse.REMAINDER, metavar="PROGRAM", help="a script or a module, and its arguments"
    )
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from quickfix_ls.integrations.running import run

    return run([*["-m"] * arguments.is_module, *arguments.program], arguments.python)
