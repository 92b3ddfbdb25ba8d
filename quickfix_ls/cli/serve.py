"""`quickfix-ls serve`: runs the language server. The usual call by an editor bypasses this module, see `__main__`."""

from __future__ import annotations

import argparse

from quickfix_ls.cli.arguments import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "serve",
        help="the language server, for an editor to start",
        description="Serve one client, and end with it. Without a HOST only this machine can connect; port 0 "
        "takes a free one, and standard error tells which.",
        epilog="exit codes: 0 the client ended the session; 1 it broke off; 2 bad usage, or an address that is taken",
    )
    way = command.add_mutually_exclusive_group()
    way.add_argument("--stdio", action="store_true", help="talk on standard input and output (the default)")
    way.add_argument("--tcp", type=_address, metavar="[HOST:]PORT", help="wait for a client's TCP connection")
    way.add_argument("--ws", type=_address, metavar="[HOST:]PORT", help="wait for a client's WebSocket")
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from quickfix_ls.lsp.server import serve

    for transport in ("tcp", "ws"):
        if address := getattr(arguments, transport):
            serve(transport, *address)
            return 0
    serve()
    return 0


def _address(text: str) -> tuple[str, int]:
    """Return host and port of a string `[HOST:]PORT`; the host may be missing (empty) or an IPv6 address in brackets.

    Raises ArgumentTypeError for anything else.
    """
    host, _, port = text.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port, nor HOST:PORT")
    return host.removeprefix("[").removesuffix("]"), int(port)
