"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from importlib.util import find_spec

from quickfix_ls.errors import UsageError

Commands = argparse._SubParsersAction  # argparse has no public name for what add_subparsers returns


def add_set(command: argparse.ArgumentParser) -> None:
    """Add the option `--set KEY=VALUE` to a command."""
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a setting, over those of the configuration files and the environment; may be repeated",
    )


def add_database(command: argparse.ArgumentParser) -> None:
    """Add the options that say which database queries are for to a command."""
    source = command.add_mutually_exclusive_group()
    source.add_argument(
        "--database",
        default="",
        metavar="URL",
        help="the database of the queries: its URL, or the name of an environment variable that holds it, or a file",
    )
    source.add_argument(
        "--schema",
        default="",
        metavar="FILE",
        help="a file with the schema of the queries: JSON, CREATE TABLE statements, dbt's manifest, or an SQLite file",
    )
    command.add_argument("--dialect", default="", metavar="NAME", help="the SQL dialect of the queries, like postgres")


def add_color(command: argparse.ArgumentParser) -> None:
    """Add the option `--color` to a command."""
    command.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="whether to use colours (default: on a terminal, unless NO_COLOR is set)",
    )


def add_model(command: argparse.ArgumentParser, purpose: str) -> None:
    """Add the options that name a model to a command, and `--set`; `purpose` is the help's reason to ask the model."""
    command.add_argument("--provider", default="", metavar="KIND", help=f"{purpose}: as the setting `provider`")
    command.add_argument("--model-path", default="", metavar="GGUF", help="the model file of --provider embedded")
    command.add_argument(
        "--deadline", type=float, default=30.0, metavar="S", help="seconds that an answer may take (default: 30)"
    )
    add_set(command)


def need_extra(extra: str, *modules: str) -> None:
    """Raise UsageError, with the install command, if a module of an optional dependency is not installed."""
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        are = "is" if len(missing) == 1 else "are"
        raise UsageError(f"{' and '.join(missing)} {are} not installed: pip install 'quickfix-ls[{extra}]'")


def positive(text: str) -> int:
    """Return a string as an integer from 1 on. Raises ArgumentTypeError or ValueError for anything else."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return value
