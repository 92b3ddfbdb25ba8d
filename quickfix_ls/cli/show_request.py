"""`quickfix-ls show-request`: prints the requests to a model about a line."""

from __future__ import annotations

import argparse

from quickfix_ls.cli.arguments import Commands, add_set


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "show-request",
        help="show what would be sent to your model about a line",
        description="Print exactly what each prompt variant would send about the problem at a line, with secrets taken "
        "out and without the key. Nothing is sent.",
        epilog="exit codes: 0 this is sent when you ask for a fix; 1 nothing is, and the last line says why; "
        "2 bad usage",
    )
    command.add_argument("place", metavar="PATH:LINE")
    add_set(command)
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from quickfix_ls.commands.show_request import show_request

    return show_request(arguments.place, arguments.set)
