"""The syntax tree of a unit, parsed once for all who look at its names."""

from __future__ import annotations

import ast
from functools import lru_cache

from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.languages.python.quiet_parse import module_of


@lru_cache(maxsize=32)
def parsed(text: str, prefix: str, suffix: str) -> tuple[ast.Module | None, Places]:
    """Return the tree of a unit between the lines `prefix` and `suffix`, and the places in all three; the tree is None
    if they do not parse. Never raises."""
    source = prefix + text + suffix
    return module_of(source), Places(source)
