"""What the parsers of several commands share."""

from __future__ import annotations

import argparse

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


def positive(text: str) -> int:
    """A whole number from 1 on. Raises ArgumentTypeError, ValueError for what is none."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return value
