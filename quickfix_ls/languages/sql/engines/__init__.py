"""What engines say about a statement that they refuse, one engine a file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from quickfix_ls.languages.sql.engines.message import Engine, EngineMessage

_LONGEST = 20_000
"""The number of characters of a message that are read; behind them are only plans and traces."""


def read(message: str, dialect: str = "") -> EngineMessage | None:
    """Interpret the message of any engine, that of the dialect first; None if no engine says such a thing."""
    text = message[:_LONGEST].replace("\N{NO-BREAK SPACE}", " ").replace("\\'", "'").replace("\\n", "\n")
    own = sorted(all_engines(), key=lambda engine: dialect not in engine.dialects)
    return next((found for engine in own if (found := engine.read(text)) is not None), None)


@cache
def all_engines() -> tuple[Engine, ...]:
    """Return every engine whose messages are known."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(module.ENGINE for module in modules if hasattr(module, "ENGINE"))
