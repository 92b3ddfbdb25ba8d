"""`quickfix-ls doctor`: checks this installation."""

from __future__ import annotations

import argparse

from quickfix_ls.cli.arguments import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "doctor",
        help="say what works here, what is missing, and the cure",
        epilog="exit codes: 0 everything needed works; 1 something is missing; 2 the database can't be read",
    )
    command.add_argument(
        "--database",
        default="",
        metavar="URL",
        help="only check this database, read-only, and tell what its schema has; as in the setting `databases`",
    )
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    if arguments.database:
        from quickfix_ls.commands.databases import report_on

        print(report_on(arguments.database))
        return 0
    from quickfix_ls.health import report

    found = report()
    print(found.text)
    return 0 if found.works else 1
