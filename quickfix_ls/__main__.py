"""`python -m quickfix_ls`, and the command `quickfix-ls`."""

from __future__ import annotations

import sys

from quickfix_ls.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
