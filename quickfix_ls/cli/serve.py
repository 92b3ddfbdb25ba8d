"""`quickfix-ls serve`: runs the language server. The usual call by an editor bypasses this module, see `__main__`."""

from __future__ import annotations

import argparse
from functools import partial

from quickfix_ls.cli.arguments import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "serve",
        help="the language server, for an editor to start",
        description="Serve one client, and end with it, or many with --sessions. Without a HOST only this machine can "
        "connect; port 0 takes a free one, and standard error tells which.",
        epilog="exit codes: 0 the client ended the session; 1 it broke off; 2 bad usage, or an address that is taken",
    )
    way = command.add_mutually_exclusive_group()
    way.add_argument("--stdio", action="store_true", help="talk on standard input and output (the default)")
    way.add_argument("--tcp", type=_address, metavar="[HOST:]PORT", help="wait for a client's TCP connection")
    way.add_argument("--ws", type=_address, metavar="[HOST:]PORT", help="wait for a client's WebSocket")
    command.add_argument(
        "--sessions",
        type=_count,
        metavar="N",
        help="with --ws: serve until interrupted, up to N clients at once, each with a server process of its own",
    )
    command.add_argument(
        "--origin",
        action="append",
        default=[],
        metavar="URL",
        help="with --ws: admit the web pages of this origin (https://example.org); those of this machine always are",
    )
    command.set_defaults(run=partial(_run, command))


def _run(command: argparse.ArgumentParser, arguments: argparse.Namespace) -> int:
    from quickfix_ls.lsp.server import serve, serve_sessions

    if not arguments.ws and (arguments.sessions or arguments.origin):
        command.error("--sessions and --origin need --ws")
    host, port = arguments.tcp or arguments.ws or ("", 0)
    if arguments.sessions:
        serve_sessions(host, port, arguments.sessions, arguments.origin)
    else:
        serve("tcp" if arguments.tcp else "ws" if arguments.ws else "stdio", host, port, arguments.origin)
    return 0


def _count(text: str) -> int:
    """Return a whole number of at least 1. Raises ArgumentTypeError for anything else."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of at least 1")
    return int(text)


def _address(text: str) -> tuple[str, int]:
    """Return host and port of a string `[HOST:]PORT`; the host may be missing (empty) or an IPv6 address in brackets.

    Raises ArgumentTypeError for anything else.
    """
    host, _, port = text.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port, nor HOST:PORT")
    return host.removeprefix("[").removesuffix("]"), int(port)
