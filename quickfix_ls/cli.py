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
    from quickfix_ls.integrations.files import Options, fix

    options = Options(
        arguments.mode,
        arguments.top,
        arguments.format,
        arguments.only,
        arguments.fixer,
        arguments.set,
        arguments.force_exclude,
        arguments.with_model,
    )
    return fix(arguments.paths, options)


def _show_request(arguments: argparse.Namespace) -> int:
    from quickfix_ls.integrations.requests import show_request

    return show_request(arguments.place, arguments.set)


def _serve(arguments: argparse.Namespace) -> int:
    from quickfix_ls.lsp.server import serve

    for transport in ("tcp", "ws"):
        if address := getattr(arguments, transport):
            serve(transport, *address)
            return 0
    serve()
    return 0


def _evaluate(arguments: argparse.Namespace) -> int:
    if arguments.provider:
        from quickfix_ls.training.variants import Ways, evaluate_variants

        ways = Ways(arguments.provider, arguments.model_path, arguments.deadline, arguments.set)
        return evaluate_variants(arguments.data, ways, arguments.selector, arguments.limit, arguments.json)
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


def _never(arguments: argparse.Namespace) -> int:
    from quickfix_ls.integrations import never

    if arguments.do == "remove":
        return never.allow(arguments.keys)
    if arguments.do == "add":
        return never.refuse(arguments.place, arguments.which)
    return never.list_refused()


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
    _add_show_request(commands)
    _add_serve(commands)
    _add_never(commands)
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
    command.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github"),
        default="text",
        help="how --check lists what is broken (default: text)",
    )
    command.add_argument("--only", choices=("syntax", "name"), help="only this kind of problem")
    command.add_argument("--fixer", default="", metavar="NAME", help="only the fixes of this fixer")
    _add_set(command)
    command.add_argument(
        "--force-exclude", action="store_true", help="leave out what the setting `exclude` says, even where named"
    )
    command.add_argument(
        "--with-model", action="store_true", help="ask the model of the setting `provider` too, where no fix is sure"
    )
    command.set_defaults(run=_fix, mode="preview")


def _add_never(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("never", help="what is never offered again: list, remove, add")
    actions = command.add_subparsers(dest="do", metavar="ACTION", required=True)
    actions.add_parser("list", help="show every change that you refused, each with its key")
    remove = actions.add_parser("remove", help="let a change be offered again")
    remove.add_argument("keys", nargs="+", metavar="KEY", help="a key that `list` shows, or its beginning")
    add = actions.add_parser("add", help="refuse the fix that is offered at a line")
    add.add_argument("place", metavar="PATH:LINE")
    add.add_argument("--which", type=_positive, default=1, metavar="N", help="the Nth offer (default: 1)")
    command.set_defaults(run=_never)


def _add_show_request(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "show-request",
        help="show what would be sent to your model about a line",
        description="Print exactly what each prompt variant would send about the problem at a line, with secrets taken "
        "out and without the key. Nothing is sent.",
        epilog="exit codes: 0 this is sent when you ask for a fix; 1 nothing is, and the last line says why; "
        "2 bad usage",
    )
    command.add_argument("place", metavar="PATH:LINE")
    _add_set(command)
    command.set_defaults(run=_show_request)


def _add_serve(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "serve",
        help="the language server, for an editor to start",
        description="Serve one client, and end with it. Without a HOST only this machine can connect; port 0 "
        "takes a free one, and standard error tells which.",
    )
    way = command.add_mutually_exclusive_group()
    way.add_argument("--stdio", action="store_true", help="talk on standard input and output (the default)")
    way.add_argument("--tcp", type=_address, metavar="[HOST:]PORT", help="wait for a client's TCP connection")
    way.add_argument("--ws", type=_address, metavar="[HOST:]PORT", help="wait for a client's WebSocket")
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
    command.add_argument(
        "--provider",
        default="",
        metavar="KIND",
        help="ask this model too, in every way, and say what each way is worth: as the setting `provider`",
    )
    command.add_argument("--model-path", default="", metavar="GGUF", help="the model file of --provider embedded")
    command.add_argument(
        "--deadline", type=float, default=30.0, metavar="S", help="seconds that an answer may take (default: 30)"
    )
    _add_set(command)
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


def _add_set(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a setting, over those of the configuration files and the environment; may be repeated",
    )


def _address(text: str) -> tuple[str, int]:
    """`[HOST:]PORT` as host, empty where there is none, and port; an IPv6 host may stand in brackets."""
    host, _, port = text.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port, nor HOST:PORT")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return value
