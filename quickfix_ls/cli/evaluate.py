"""`quickfix-ls evaluate`: how good the fixes are, and what a model adds to them."""

from __future__ import annotations

import argparse
from pathlib import Path

from quickfix_ls.cli.arguments import Commands, add_model, need_extra, positive
from quickfix_ls.errors import UsageError

_EXIT_CODES = """\
exit codes:
  0  done
  1  done, but a row made the pipeline raise; the report names it
  2  bad usage, or a file that can't be read or written

Every share is of all rows, abstentions included, with its 95 % interval (Wilson).
"""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Give the parser this command."""
    command = commands.add_parser(
        "evaluate",
        help="measure the fixes on broken texts whose right fix is known",
        description="Run the pipeline on rows of broken and fixed texts and say how often it finds the fix.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("data", nargs="*", type=Path, metavar="DATA.jsonl", help="one JSON object a line")
    command.add_argument(
        "--selector", default="lightgbm", help="who ranks: first, majority, logistic, lightgbm (default)"
    )
    command.add_argument("--limit", type=positive, metavar="N", help="at most N rows of each file")
    command.add_argument("--jobs", type=positive, default=1, metavar="N", help="processes (default: 1)")
    command.add_argument(
        "--no-tests",
        dest="tests",
        action="store_false",
        help="don't run the programs of rows that bring tests (they run in a process of their own, with limits)",
    )
    command.add_argument("--json", type=Path, metavar="OUT", help="write the figures as JSON")
    command.add_argument("--predictions", type=Path, metavar="OUT.jsonl", help="write each row's offers")
    command.add_argument(
        "--candidates",
        type=Path,
        metavar="FILE.parquet",
        help="instead compare all selectors on this candidate set, see `quickfix-ls candidates`",
    )
    command.add_argument(
        "--scores",
        action="append",
        default=[],
        metavar="NAME=FILE.parquet",
        help="with --candidates: also compare a model that was fitted elsewhere, by its scores; may be repeated",
    )
    command.add_argument(
        "--keep", type=Path, metavar="FILE.parquet", help="with --candidates: keep the selectors' scores there"
    )
    command.add_argument(
        "--add",
        action="store_true",
        help="with --candidates: fit nothing, but add --scores to the comparison that --json and --keep hold",
    )
    add_model(command, "ask this model too, in every way, and say what each way is worth")
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    if bool(arguments.data) == bool(arguments.candidates):
        raise UsageError("evaluate takes either DATA.jsonl or --candidates FILE.parquet")
    if arguments.candidates:
        return _compare(arguments)
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
    )


def _compare(arguments: argparse.Namespace) -> int:
    named = [one.partition("=") for one in arguments.scores]
    if wrong := [name for name, separator, _ in named if not separator]:
        raise UsageError(f"--scores {wrong[0]}: expected NAME=FILE.parquet")
    need_extra("train", "pyarrow", "sklearn")
    from quickfix_ls.training.offline.evaluation import Files, add_scores, evaluate_candidates

    scores = {name: Path(file) for name, _, file in named}
    files = Files(arguments.candidates, scores, arguments.json, arguments.keep)
    return add_scores(files) if arguments.add else evaluate_candidates(files)
