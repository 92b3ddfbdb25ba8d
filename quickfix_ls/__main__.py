"""`python -m quickfix_ls`, and the command `quickfix-ls`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line, and return its exit code.

    What every editor starts goes straight to the server: the parser of the command line would take a good part of
    the time that we need more than the slimmest server.
    """
    if sys.argv[1:] in (["serve"], ["serve", "--stdio"]):
        from quickfix_ls.lsp.server import serve

        serve()
        return 0
    from quickfix_ls.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
