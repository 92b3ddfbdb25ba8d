"""What the parsers of several commands share."""

from __future__ import annotations

import argparse
from importlib.util import find_spec

from quickfix_ls.errors import UsageError

Commands = argparse._SubParsersAction  # argparse has no public name for what add_subparsers returns


def add_set(command: argparse.ArgumentParser) -> None:
    """Give a command the option `--set KEY=VALUE`."""
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a setting, over those of the configuration files and the environment; may be repeated",
    )


def add_model(command: argparse.ArgumentParser, purpose: str) -> None:
    """Give a command the options that name a model to ask, and `--set`; `purpose` says what it is asked for."""
    command.add_argument("--provider", default="", metavar="KIND", help=f"{purpose}: as the setting `provider`")
    command.add_argument("--model-path", default="", metavar="GGUF", help="the model file of --provider embedded")
    command.add_argument(
        "--deadline", type=float, default=30.0, metavar="S", help="seconds that an answer may take (default: 30)"
    )
    add_set(command)


def need_extra(extra: str, *modules: str) -> None:
    """Raises UsageError, with the cure, where a module of an optional part is not installed."""
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise UsageError(f"{', '.join(missing)} is not installed: pip install 'quickfix-ls[{extra}]'")


def positive(text: str) -> int:
    """A whole number from 1 on. Raises ArgumentTypeError, ValueError for what is none."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return value
