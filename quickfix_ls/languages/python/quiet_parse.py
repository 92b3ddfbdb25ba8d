"""Parse source text that may be wrong: no exception, and no warning of the compiler on standard error."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache

from quickfix_ls.languages.python.ast_spans import Places


def module_of(source: str) -> ast.Module | None:
    """Return the syntax tree of a source text; None if CPython's parser rejects it."""
    tree = _parsed(source, "exec")
    return tree if isinstance(tree, ast.Module) else None


def is_expression(source: str) -> bool:
    """Return whether a source text is one expression."""
    return _parsed(source, "eval") is not None


@lru_cache(maxsize=6)
def placed(source: str) -> tuple[ast.Module | None, Places]:
    """Return `module_of` a source text, and the places in it.

    Cached because several fixers read the same file or region; none of them modifies the tree.
    """
    return module_of(source), Places(source)


def _parsed(source: str, mode: str) -> ast.AST | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source, mode=mode)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
