"""`quickfix-ls fix`: shows or applies the fixes of files."""

from __future__ import annotations

import argparse

from quickfix_ls.cli.arguments import Commands, add_set, positive

_EXIT_CODES = """\
exit codes:
  0  every problem has an offer (with --write: nothing is left; with --check: nothing is broken)
  1  a problem is left without an offer (with --write: is still there; with --check: something is broken)
  2  bad usage, or a file that can't be read or written; the other files are still done
"""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "fix",
        help="show, or apply, the fixes of files",
        description="Show what is wrong in Python files and the best fix of each problem. Changes nothing "
        "unless --write is given.",
        epilog=_EXIT_CODES,
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
        "--top", type=positive, default=1, metavar="N", help="show at most N fixes a problem (default: 1)"
    )
    command.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github"),
        default="text",
        help="how --check lists what is broken (default: text)",
    )
    command.add_argument("--only", choices=("syntax", "name"), help="only this kind of problem")
    command.add_argument("--fixer", default="", metavar="NAME", help="only the fixes of this fixer")
    add_set(command)
    command.add_argument(
        "--force-exclude", action="store_true", help="leave out what the setting `exclude` says, even where named"
    )
    command.add_argument(
        "--with-model", action="store_true", help="ask the model of the setting `provider` too, where no fix is sure"
    )
    command.set_defaults(run=_run, mode="preview")


def _run(arguments: argparse.Namespace) -> int:
    from quickfix_ls.commands.files import Options, fix

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
