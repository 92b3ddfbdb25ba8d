"""The command line: one short function a command, each of which imports its work only when it is called.

Start-up is a feature (`serve` is spawned by an editor that waits), so nothing but argparse is imported here.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from quickfix_ls import __version__
from quickfix_ls.errors import QuickfixError

_FIX_EXIT_CODES = """\
exit codes:
  0  every problem has an offer (with --write: nothing is left; with --check: nothing is broken)
  1  a problem is left without an offer (with --write: is still there; with --check: something is broken)
  2  bad usage, or a file that can't be read or written; the other files are still done
"""
_EVALUATE_EXIT_CODES = """\
exit codes:
  0  done
  1  done, but a row made the pipeline raise; the report names it
  2  bad usage, or a file that can't be read or written

Every share is of all rows, abstentions included, with its 95 % interval (Wilson).
"""


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


def _fix(arguments: argparse.Namespace) -> int:
    from quickfix_ls.integrations.files import fix

    return fix(arguments.paths, arguments.mode, arguments.top)


def _serve(arguments: argparse.Namespace) -> int:
    from quickfix_ls.lsp.server import serve

    serve(stdio=True)
    return 0


def _evaluate(arguments: argparse.Namespace) -> int:
    from quickfix_ls.training.evaluate import evaluate

    return evaluate(
        arguments.data,
        arguments.selector,
        arguments.limit,
        arguments.jobs,
        arguments.json,
        arguments.predictions,
    )


def _train(arguments: argparse.Namespace) -> int:
    from quickfix_ls.training.train import train

    return int(train(arguments.data, arguments.out, arguments.seed, quick=arguments.quick) or 0)


def _doctor(arguments: argparse.Namespace) -> int:
    from quickfix_ls.integrations.doctor import doctor

    return doctor()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quickfix-ls",
        description="The right fix for a Python error: in your editor (serve) and on the command line (fix).",
    )
    parser.add_argument("--version", action="version", version=f"quickfix-ls {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_fix(commands)
    _add_serve(commands)
    _add_doctor(commands)
    _add_evaluate(commands)
    _add_train(commands)
    return parser


_Commands = argparse._SubParsersAction  # argparse has no public name for what add_subparsers returns


def _add_fix(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "fix",
        help="show, or apply, the fixes of files",
        description="Show what is wrong in Python files and the best fix of each problem. Changes nothing "
        "unless --write is given.",
        epilog=_FIX_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "paths", nargs="+", metavar="PATH", help="a file, a folder (its *.py files), or - for standard input"
    )
    mode = command.add_mutually_exclusive_group()
    for name, text in (
        ("diff", "print a patch of all best fixes, for `patch -p0`"),
        ("write", "apply the best fixes until nothing changes; of standard input, print the fixed text"),
        ("check", "only list what is broken"),
        ("json", "print what was found as JSON, for programs"),
    ):
        mode.add_argument(f"--{name}", dest="mode", action="store_const", const=name, help=text)
    command.add_argument(
        "--top", type=_positive, default=1, metavar="N", help="show at most N fixes a problem (default: 1)"
    )
    command.set_defaults(run=_fix, mode="preview")


def _add_serve(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("serve", help="the language server, for an editor to start")
    command.add_argument("--stdio", action="store_true", help="talk on standard input and output (always so)")
    command.set_defaults(run=_serve)


def _add_doctor(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "doctor",
        help="say what works here, what is missing, and the cure",
        epilog="exit codes: 0 everything needed works; 1 something is missing",
    )
    command.set_defaults(run=_doctor)


def _add_evaluate(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "evaluate",
        help="measure the fixes on broken texts whose right fix is known",
        description="Run the pipeline on rows of broken and fixed texts and say how often it finds the fix.",
        epilog=_EVALUATE_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("data", nargs="+", type=Path, metavar="DATA.jsonl", help="one JSON object a line")
    command.add_argument(
        "--selector", default="lightgbm", help="who ranks: first, majority, logistic, lightgbm (default)"
    )
    command.add_argument("--limit", type=_positive, metavar="N", help="at most N rows of each file")
    command.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes (default: 1)")
    command.add_argument("--json", type=Path, metavar="OUT", help="write the figures as JSON")
    command.add_argument("--predictions", type=Path, metavar="OUT.jsonl", help="write each row's offers")
    command.set_defaults(run=_evaluate)


def _add_train(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("train", help="make the ranking models anew")
    command.add_argument(
        "--data",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="a folder of benchmark files to learn from beside the corpus; may be repeated",
    )
    command.add_argument("--out", type=Path, metavar="DIR", help="where the models go (default: the package)")
    command.add_argument("--seed", type=int, default=0, help="the same seed gives the same models (default: 0)")
    command.add_argument("--quick", action="store_true", help="a small corpus: to see that it works, not to ship")
    command.set_defaults(run=_train)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return value
