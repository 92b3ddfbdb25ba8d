"""The syntax tree of a unit, parsed once for all who look at its names."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache

from quickfix_ls.languages.python.ast_spans import Places


@lru_cache(maxsize=32)
def parsed(text: str, prefix: str, suffix: str) -> tuple[ast.Module | None, Places]:
    """Return the tree of a unit between the lines `prefix` and `suffix`, and the places in all three; the tree is None
    if they do not parse. Never raises."""
    source = prefix + text + suffix
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source), Places(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None, Places(source)
