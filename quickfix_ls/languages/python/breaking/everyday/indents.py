"""Everyday errors of indentation: lines that stand a few columns off, code that was pasted, tabs among spaces."""

from __future__ import annotations

import ast
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.code_blocks import (
    Function,
    blocks_of,
    is_branch,
    is_code,
    next_code,
    shifted,
    span_of,
    statements,
    tree_of,
    width,
)

_WORDS = {"return": ast.Return, "yield": (ast.Yield, ast.YieldFrom), "await": ast.Await}


@everyday
def method_header(code: Code, rng: Random) -> Pair | None:
    """Shift the header of a method by a column or a few, seldom with its body."""
    lines = code.text.split("\n")
    found = []
    for node in ast.walk(tree_of(code.text)):
        if isinstance(node, ast.ClassDef):
            found += [item for item in node.body[1:] if isinstance(item, Function)]
    if not found:
        return None
    method = rng.choice(found)
    first, last = span_of(method)
    body = span_of(method.body[0])[0]
    if body <= method.lineno - 1:
        return None
    indent = width(lines[first])
    by = rng.choice([step for step in (-1, -2, -2, -3, 1, 2, 3) if indent + step > 0])
    whole = rng.random() < 0.3
    return Pair("\n".join(shifted(lines, first, last if whole else body, by)), code.text)


@everyday
def unexpected_indent(code: Code, rng: Random) -> Pair | None:
    """Indent a statement, or all statements from it to the end of its block, deeper than those before it."""
    lines = code.text.split("\n")
    found = []
    for body in _bodies(code.text):
        for index, node in enumerate(body[1:], 1):
            above = body[index - 1]
            if hasattr(above, "body") or _is_branch_head(lines, node) or "\\" in lines[above.lineno - 1]:
                continue
            found.append((node, body[-1]))
    if not found:
        return None
    node, end = rng.choice(found)
    first, last = span_of(node)
    if rng.random() < 0.35:
        last = span_of(end)[1]
    by = rng.choice((1, 1, 2, 2, 3, 4, 4))
    return _pair(lines, first, last, by, code.text)


@everyday
def unindent_mismatch(code: Code, rng: Random) -> Pair | None:
    """Shift a statement after a deeper block to a column that no other line around it has."""
    lines = code.text.split("\n")
    found = []
    for body in _bodies(code.text):
        for index, node in enumerate(body[1:], 1):
            if hasattr(body[index - 1], "body") and node.col_offset > 0:
                found.append(node)
    if not found:
        return None
    first, last = span_of(rng.choice(found))
    indent = width(lines[first])
    steps = [step for step in (-1, -2, -3, 1, 2, 3) if indent + step > 0 and (indent + step) % 4]
    return _pair(lines, first, last, rng.choice(steps), code.text) if steps else None


@everyday
def pasted_indent(code: Code, rng: Random) -> Pair | None:
    """Indent the code of a module from a statement on, as it was where it was copied from."""
    lines = code.text.split("\n")
    body = tree_of(code.text).body
    places = [index for index in range(1, len(body)) if not hasattr(body[index - 1], "body")]
    if not places:
        return None
    first = span_of(body[rng.choice(places)])[0]
    last = len(lines)
    return _pair(lines, first, last, rng.choice((2, 4, 4, 4, 8)), code.text)


@everyday
def tab_line(code: Code, rng: Random) -> Pair | None:
    """Indent a line or a few with tabs, among lines with spaces."""
    lines = code.text.split("\n")
    found = [node for node in statements(code.text) if node.col_offset in (4, 8) and not hasattr(node, "body")]
    if not found:
        return None
    first, last = span_of(rng.choice(found))
    broken = list(lines)
    size = rng.choice((4, 4, 8))
    for index in range(first, last):
        spaces = width(lines[index])
        if spaces % size or spaces < size:
            return None
        broken[index] = "\t" * (spaces // size) + lines[index][spaces:]
    return Pair("\n".join(broken), code.text)


@everyday
def branch_misaligned(code: Code, rng: Random) -> Pair | None:
    """Indent an `else`, `elif`, `except` or `finally` like the block before it, with its own block or alone."""
    lines = code.text.split("\n")
    found = [block for block in blocks_of(code.text) if is_branch(lines[block.head])]
    if not found:
        return None
    block = rng.choice(found)
    by = rng.choice((4, 4, 4, 2, -2, -4))
    if block.indent + by < 0:
        return None
    last = block.last if rng.random() < 0.5 else block.first
    return _pair(lines, block.head, last, by, code.text)


@everyday
def line_before_branch(code: Code, rng: Random) -> Pair | None:
    """Write the last statements of a block before an `else` or `except` at the column of its header."""
    lines = code.text.split("\n")
    found = []
    for block in blocks_of(code.text):
        below = next_code(lines, block.last)
        is_followed = below < len(lines) and is_branch(lines[below]) and width(lines[below]) == block.indent
        if is_followed and len(block.body) > 1 and not isinstance(block.node, Function):
            found.append(block)
    if not found:
        return None
    block = rng.choice(found)
    first = span_of(block.body[-1 if rng.random() < 0.7 else rng.randrange(1, len(block.body))])[0]
    return _pair(lines, first, block.last, block.indent - width(lines[first]), code.text)


@everyday
def out_of_function(code: Code, rng: Random) -> Pair | None:
    """Write the last statements of a function, with its `return`, `yield` or `await`, at the column of its header."""
    lines = code.text.split("\n")
    found = []
    for block in blocks_of(code.text):
        if not isinstance(block.node, Function):
            continue
        for index in range(1, len(block.body)):
            rest = block.body[index:]
            last = [node for node in ast.walk(rest[-1]) if isinstance(node, (ast.Return, ast.Yield, ast.Await))]
            if last and len(rest) <= 4 and not any(isinstance(node, (*Function, ast.ClassDef)) for node in rest):
                found.append((block, index))
    if not found:
        return None
    block, index = rng.choice(found)
    first = span_of(block.body[index])[0]
    return _pair(lines, first, block.last, block.indent - width(lines[first]), code.text)


def _bodies(text: str) -> list[list[ast.stmt]]:
    """Return the lists of statements of a text: of the module, and of each block."""
    tree = tree_of(text)
    return [tree.body, *(list(block.body) for block in blocks_of(text))]


def _is_branch_head(lines: list[str], node: ast.stmt) -> bool:
    return is_branch(lines[node.lineno - 1])


def _pair(lines: list[str], first: int, last: int, by: int, fixed: str) -> Pair | None:
    if any(not is_code(line) and line.strip() for line in lines[first : first + 1]):
        return None
    return Pair("\n".join(shifted(lines, first, last, by)), fixed)
