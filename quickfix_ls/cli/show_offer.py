"""`quickfix-ls show-offer`: prints the fixes of a line, with the reasons for their probabilities."""

from __future__ import annotations

import argparse

from quickfix_ls.cli.arguments import Commands, add_color, add_set, positive


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "show-offer",
        help="show the fixes of a line, and the reasons for each",
        description="Print the best fixes of the problem at a line: what changes, who proposed it, what was checked, "
        "how sure it is, and why.",
        epilog="exit codes: 0 there is a fix; 1 there is none that we are sure enough of; 2 bad usage",
    )
    command.add_argument("place", metavar="PATH:LINE")
    command.add_argument("--top", type=positive, default=3, metavar="N", help="at most N fixes (default: 3)")
    add_set(command)
    add_color(command)
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from quickfix_ls.commands.show_offer import show_offer

    return show_offer(arguments.place, arguments.top, arguments.set, arguments.color)
