"""The commands with their arguments and exit codes, from the parser of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from quickfix_ls.cli import parser


def made() -> str:
    """Return a section for each command."""
    return "\n".join(line for name, command in _commands(parser()).items() for line in _section(name, command))


def _section(name: str, command: argparse.ArgumentParser) -> Iterator[str]:
    yield f"### {name}\n"
    if command.description:
        yield f"{command.description % {}}\n"
    actions = _commands(command) or {"": command}
    rows = [_row(place, argument) for place, inner in actions.items() for argument in _arguments(inner)]
    if rows:
        yield "\n".join(["| argument | meaning |", "|---|---|", *rows, ""])
    if command.epilog:
        yield f"{_exit_codes(command.epilog)}\n"


def _commands(command: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the commands below a command by their names."""
    inner = (action for action in command._actions if isinstance(action, argparse._SubParsersAction))
    return {name: found for action in inner for name, found in action.choices.items()}


def _arguments(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in command._actions if action.dest != "help"]


def _row(place: str, argument: argparse.Action) -> str:
    """Return the row of an argument; `place` is the action it belongs to, where a command has several."""
    value = "" if argument.nargs == 0 else str(argument.metavar or argument.dest.upper())
    spellings = argument.option_strings or [""]
    names = [f"`{' '.join(filter(None, (place, spelling, value)))}`" for spelling in spellings]
    choices = f"; {', '.join(f'`{choice}`' for choice in argument.choices)}" if argument.choices else ""
    meaning = (argument.help or "").replace("%%", "%").replace("*", r"\*")
    return f"| {', '.join(names)} | {meaning}{choices} |"


def _exit_codes(epilog: str) -> str:
    """Return the exit codes of a command's epilog on one line, and the paragraphs below them."""
    codes, *more = epilog.removeprefix("exit codes:").strip().split("\n\n")
    listed = "; ".join(" ".join(line.split()) for line in codes.splitlines())
    return "\n\n".join([f"Exit codes: {listed}.", *more])
