"""`quickfix-ls never`: lists and edits the changes that are never offered again."""

from __future__ import annotations

import argparse

from quickfix_ls.cli.arguments import Commands, positive


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "never",
        help="what is never offered again: list, remove, add",
        epilog="exit codes: 0 done; 1 there is nothing under a key to remove; 2 bad usage, or no such offer",
    )
    actions = command.add_subparsers(dest="do", metavar="ACTION", required=True)
    actions.add_parser("list", help="show every change that you refused, each with its key")
    remove = actions.add_parser("remove", help="let a change be offered again")
    remove.add_argument("keys", nargs="+", metavar="KEY", help="a key that `list` shows, or its beginning")
    add = actions.add_parser("add", help="refuse the fix that is offered at a line")
    add.add_argument("place", metavar="PATH:LINE")
    add.add_argument("--which", type=positive, default=1, metavar="N", help="the Nth offer (default: 1)")
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from quickfix_ls.commands import never

    if arguments.do == "remove":
        return never.allow(arguments.keys)
    if arguments.do == "add":
        return never.refuse(arguments.place, arguments.which)
    return never.list_refused()
