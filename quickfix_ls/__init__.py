"""The right fix for an error, one key away: a language server and a command line."""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def load_ipython_extension(shell: Any) -> None:
    """Add our extension to IPython: `%load_ext quickfix_ls`."""
    import importlib

    # By name: everything else in the package is below what joins it to other programs.
    importlib.import_module("quickfix_ls.integrations.ipython").load(shell)
