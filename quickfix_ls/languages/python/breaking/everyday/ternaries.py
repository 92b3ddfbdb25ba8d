"""Everyday errors of conditional expressions and of anonymous functions."""

from __future__ import annotations

import ast
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.code_blocks import tree_of


@everyday
def c_ternary(code: Code, rng: Random) -> Pair | None:
    """Write `condition ? a : b`."""
    node = _chosen(code, rng)
    return _written(code, node, "{test} ? {yes} : {no}") if node is not None else None


@everyday
def condition_first(code: Code, rng: Random) -> Pair | None:
    """Write `if condition then a else b`, or with colons."""
    node = _chosen(code, rng)
    way = rng.choice(("if {test} then {yes} else {no}", "if {test}: {yes} else: {no}", "if {test}: {yes} else {no}"))
    return _written(code, node, way) if node is not None else None


@everyday
def arrow_function(code: Code, rng: Random) -> Pair | None:
    """Write `x => x + 1`, `(x, y) => x + y`, `x -> x + 1` or `lambda x -> x + 1` in place of a `lambda`."""
    found = [
        node
        for node in ast.walk(tree_of(code.text))
        if isinstance(node, ast.Lambda) and node.lineno == node.end_lineno and node.args.args and not node.args.defaults
    ]
    if not found:
        return None
    node = rng.choice(found)
    source = ast.get_source_segment(code.text, node)
    if not source or ":" not in source or not source.startswith("lambda "):
        return None
    names, body = source[len("lambda ") :].split(":", 1)
    arrow = rng.choice(("=>", "=>", "->"))
    names = names.strip()
    if rng.random() < 0.3:
        new = f"lambda {names} {arrow}{body}"
    else:
        new = f"({names}) {arrow}{body}" if "," in names or rng.random() < 0.4 else f"{names} {arrow}{body}"
    start = _offset(code.text, node.lineno, node.col_offset)
    return Pair(code.text[:start] + new + code.text[start + len(source) :], code.text)


def _chosen(code: Code, rng: Random) -> ast.IfExp | None:
    found = [
        node
        for node in ast.walk(tree_of(code.text))
        if isinstance(node, ast.IfExp) and node.lineno == node.end_lineno and not isinstance(node.body, ast.IfExp)
    ]
    return rng.choice(found) if found else None


def _written(code: Code, node: ast.IfExp, way: str) -> Pair | None:
    parts = [ast.get_source_segment(code.text, part) for part in (node, node.test, node.body, node.orelse)]
    whole, test, yes, no = (part or "" for part in parts)
    if not all((whole, test, yes, no)) or whole != f"{yes} if {test} else {no}" or "lambda" in whole:
        return None
    start = _offset(code.text, node.lineno, node.col_offset)
    new = way.format(test=test, yes=yes, no=no)
    return Pair(code.text[:start] + new + code.text[start + len(whole) :], code.text)


def _offset(text: str, line: int, column: int) -> int:
    """Return the offset of a position of a tree: a line from 1, and a column in bytes."""
    lines = text.split("\n")
    before = lines[line - 1].encode("utf-8")[:column].decode("utf-8", "ignore")
    return sum(len(one) + 1 for one in lines[: line - 1]) + len(before)
