"""Tell lines of code from lines of prose, for text that a missing quote made a string, or code."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache

from quickfix_ls.languages.python.statement_lines import BLOCK_KEYWORDS

_OPENED = re.compile(r"[\w.\[\]'\"]+[ \t]*(?:=[ \t]*[\w.]*)?[(\[{](?:[^#]*[(\[{,])?")


@lru_cache(maxsize=512)
def is_code(line: str) -> bool:
    """Return whether a line is certainly code: a statement other than bare words and annotations, a block's header, a
    decorator, a comment, closing brackets, or the beginning of a call or assignment over several lines."""
    text = line.strip()
    if not text or text.startswith((">>>", "...")):
        return False
    if text[0] in "#@" or not text.strip(")]},:"):
        return True
    if text.endswith(":") and re.split(r"\W", text, maxsplit=1)[0] in BLOCK_KEYWORDS:
        return _statement(_completed(text)) is not None
    found = _statement(text)
    if found is None:
        return _OPENED.fullmatch(text) is not None
    if isinstance(found, ast.Expr):
        return isinstance(found.value, ast.Call | ast.Await | ast.Yield | ast.YieldFrom)
    return not isinstance(found, ast.AnnAssign) or found.value is not None


def _completed(header: str) -> str:
    """Return a block's header with a body, and with the header that has to be in front of it."""
    word = re.split(r"\W", header, maxsplit=1)[0]
    if word in ("elif", "else"):
        return f"if _: pass\n    {header} pass"
    if word in ("except", "finally"):
        return f"try: pass\n    {header} pass"
    return f"{header} pass" if word != "try" else f"{header} pass\n    finally: pass"


def _statement(text: str) -> ast.stmt | None:
    """Return the statement that a line is, in an asynchronous function and a loop; None if it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(f"async def _():\n  while _:\n    {text}\n")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    function = tree.body[0]
    assert isinstance(function, ast.AsyncFunctionDef)
    loop = function.body[0]
    assert isinstance(loop, ast.While)
    return loop.body[0]
