"""The command line: one file a command, which says what it takes and imports its work only when it is called.

Start-up is a feature (`serve` is spawned by an editor that waits), so nothing but argparse is imported here.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence

from quickfix_ls import __version__
from quickfix_ls.cli import candidates, doctor, evaluate, fix, never, serve, show_offer, show_request, train
from quickfix_ls.errors import QuickfixError

_COMMANDS = (fix, show_offer, show_request, serve, never, doctor, evaluate, candidates, train)
"""In the order in which the help lists them."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. `argv` is without the program's name, `sys.argv[1:]` where None."""
    _print_whatever_comes()
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except QuickfixError as error:
        print(f"quickfix-ls: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); Python must not complain once more at its exit.
        sys.stderr.close()
        return 1


def _print_whatever_comes() -> None:
    # A name or a line of source that the terminal's encoding lacks is escaped, and ends no command.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quickfix-ls",
        description="The right fix for a Python error: in your editor (serve) and on the command line (fix).",
    )
    parser.add_argument("--version", action="version", version=f"quickfix-ls {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in _COMMANDS:
        command.add(commands)
    return parser
