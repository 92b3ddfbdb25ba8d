"""`quickfix-ls evaluate`: measures the quality of the fixes, and the gain by a model."""

from __future__ import annotations

import argparse
from pathlib import Path

from quickfix_ls.cli.arguments import Commands, add_model, positive

_EXIT_CODES = """\
exit codes:
  0  done
  1  done, but a row made the pipeline raise; the report names it
  2  bad usage, or a file that can't be read or written

Every share is of all rows, abstentions included, with its 95 % interval (Wilson).
"""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "evaluate",
        help="measure the fixes on broken texts whose right fix is known",
        description="Run the pipeline on rows of broken and fixed texts and say how often it finds the fix.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("data", nargs="+", type=Path, metavar="DATA.jsonl", help="one JSON object a line")
    command.add_argument(
        "--selector", default="lightgbm", help="who ranks: first, majority, logistic, lightgbm (default)"
    )
    command.add_argument("--limit", type=positive, metavar="N", help="at most N rows of each file")
    command.add_argument("--jobs", type=positive, default=1, metavar="N", help="processes (default: 1)")
    command.add_argument(
        "--schemas",
        type=Path,
        metavar="FILE.json",
        help="the database schemas that rows of SQL name (default: sql_schemas.json beside the data)",
    )
    command.add_argument(
        "--no-tests",
        dest="tests",
        action="store_false",
        help="don't run the programs of rows that bring tests (they run in a process of their own, with limits)",
    )
    command.add_argument("--json", type=Path, metavar="OUT", help="write the figures as JSON")
    command.add_argument("--predictions", type=Path, metavar="OUT.jsonl", help="write each row's offers")
    add_model(command, "ask this model too, in every way, and say what each way is worth")
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
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
        arguments.tests,
        arguments.schemas,
    )
