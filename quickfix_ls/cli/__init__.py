"""The command line: a file for each command, which declares its arguments and imports its work only when it is called.

The start must be fast (an editor waits for `serve`), so nothing but argparse is imported here.
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
"""The commands in the order of the help."""

_EXTRAS = {
    "duckdb": "sql",
    "matplotlib": "report",
    "psycopg": "sql",
    "pyarrow": "train",
    "sklearn": "train",
    "sqlalchemy": "sql",
    "websockets": "ws",
    "xllamacpp": "local",
}
"""The extra that brings a package which not every command needs."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code. `argv` are the arguments, by default `sys.argv[1:]`."""
    _escape_unencodable_output()
    arguments = parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except QuickfixError as error:
        print(f"quickfix-ls: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("quickfix_ls"):
            raise
        print(f"quickfix-ls: {_missing(error.name or '')}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); Python must not report it again at its exit.
        sys.stderr.close()
        return 1


def _missing(module: str) -> str:
    """Return what to do about a package that can't be imported."""
    package = module.partition(".")[0]
    extra = _EXTRAS.get(package, "")
    what = f"'quickfix-ls[{extra}]'" if extra else "quickfix-ls"
    return f"{package} is not installed: pip install {what}; `quickfix-ls doctor` says what else is missing"


def _escape_unencodable_output() -> None:
    # A character of a name or source line that the terminal's encoding lacks must not end a command.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; the reference page is made from it."""
    top = argparse.ArgumentParser(
        prog="quickfix-ls",
        description="The right fix for a Python error: in your editor (serve) and on the command line (fix).",
    )
    top.add_argument("--version", action="version", version=f"quickfix-ls {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in _COMMANDS:
        command.add(commands)
    return top
