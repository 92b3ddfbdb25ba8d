"""`quickfix-ls doctor`: checks this installation."""

from __future__ import annotations

import argparse

from quickfix_ls.cli.arguments import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "doctor",
        help="say what works here, what is missing, and the cure",
        epilog="exit codes: 0 everything needed works; 1 something is missing",
    )
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from quickfix_ls.health import report

    found = report()
    print(found.text)
    return 0 if found.works else 1
