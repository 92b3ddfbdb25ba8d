"""`quickfix-ls fix`: shows or applies the fixes of files."""

from __future__ import annotations

import argparse

from quickfix_ls.cli.arguments import Commands, add_color, add_database, add_set, positive

_EXIT_CODES = """\
exit codes:
  0  every problem has a fix (with --write and --diff: nothing is left; with --check: nothing is broken)
  1  a problem has no fix (with --write and --diff: is left; with --check: something is broken)
  2  bad usage, or a file that can't be read or written; the other files are still done
"""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "fix",
        help="show, or apply, the fixes of files",
        description="Show what is wrong in Python files and notebooks and the best fix of each problem. Changes "
        "nothing unless --write is given, and then applies only the fixes that are safe without a look.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help="a file, a folder (its *.py and *.ipynb files), or - for standard input (default: this folder)",
    )
    mode = command.add_mutually_exclusive_group()
    for name, text in (
        ("diff", "print a patch of the fixes that --write would apply, for `patch -p0`"),
        ("write", "apply the safe fixes until nothing changes; of standard input, print the fixed text"),
        ("check", "only list what is broken"),
        ("json", "print what was found as JSON, for programs"),
    ):
        mode.add_argument(f"--{name}", dest="mode", action="store_const", const=name, help=text)
    command.add_argument(
        "--unsafe",
        action="store_true",
        help="with --write or --diff: apply also less sure fixes, from a probability of 50 %% on",
    )
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
    add_database(command)
    add_set(command)
    command.add_argument(
        "--stdin-filename",
        default="",
        metavar="NAME",
        help="the name of what is read from standard input: its language, settings and schema are those of this file",
    )
    command.add_argument(
        "--traceback",
        default="",
        metavar="FILE",
        help="fix the errors whose tracebacks stand in a file (- for standard input): a log, a test run, a terminal",
    )
    command.add_argument(
        "--force-exclude", action="store_true", help="leave out what the setting `exclude` says, even where named"
    )
    command.add_argument(
        "-q", "--quiet", action="store_true", help="print only problems, and what is asked for: no summary, no notes"
    )
    add_color(command)
    command.add_argument(
        "--with-model", action="store_true", help="ask the model of the setting `provider` too, where no fix is sure"
    )
    command.set_defaults(run=_run, mode="preview")


def _run(arguments: argparse.Namespace) -> int:
    from quickfix_ls.commands.files import fix
    from quickfix_ls.commands.run import Options

    if arguments.traceback:
        from quickfix_ls.commands.tracebacks import fix_traceback

        return fix_traceback(arguments.traceback, top=arguments.top, color=arguments.color)
    options = Options(
        arguments.mode,
        arguments.top,
        arguments.format,
        arguments.only,
        arguments.fixer,
        arguments.set,
        arguments.force_exclude,
        arguments.with_model,
        arguments.unsafe,
        arguments.quiet,
        arguments.color,
        arguments.database,
        arguments.schema,
        arguments.dialect,
        arguments.stdin_filename,
    )
    return fix(arguments.paths, options)
