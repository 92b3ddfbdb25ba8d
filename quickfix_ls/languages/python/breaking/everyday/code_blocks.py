"""The blocks of correct code and their lines, for errors of layout. Holds no error."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache
from random import Random
from typing import NamedTuple

from quickfix_ls.languages.python.quiet_parse import module_of

Function = (ast.FunctionDef, ast.AsyncFunctionDef)
_BRANCH_WORDS = ("else", "elif", "except", "finally")


class Block(NamedTuple):
    """A block: the lines [head, first) of its header, and those of its body [first, last); all count from 0.

    `indent` is the width of the header's indentation, `node` the statement, and `body` the statements of the block.
    """

    head: int
    first: int
    last: int
    indent: int
    node: ast.AST
    body: tuple[ast.stmt, ...]


@lru_cache(maxsize=64)
def tree_of(text: str) -> ast.Module:
    """Return the syntax tree of correct code; an empty one if it does not parse after all."""
    return module_of(text) or ast.Module([], [])


def blocks_of(text: str) -> list[Block]:
    """Return every block whose body begins on a line of its own and has no string over several lines."""
    lines = text.split("\n")
    found = []
    for node in ast.walk(tree_of(text)):
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case) and isinstance(body, list) and body:
                block = _block(lines, node, field, body)
                if block is not None:
                    found.append(block)
    return found


def shifted(lines: Sequence[str], first: int, last: int, by: int) -> list[str]:
    """Return the lines with those in [first, last) moved to the right by a number of columns, or to the left if it is
    negative; blank lines stay."""
    moved = [_moved(line, by) for line in lines[first:last]]
    return [*lines[:first], *moved, *lines[last:]]


def width(line: str) -> int:
    """Return the width of a line's indentation."""
    return len(line) - len(line.lstrip(" \t"))


def is_blank(line: str) -> bool:
    return not line.strip()


def is_code(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def next_code(lines: Sequence[str], index: int) -> int:
    """Return the number of the first line with code from a line on; the number of lines if there is none."""
    while index < len(lines) and not is_code(lines[index]):
        index += 1
    return index


def is_branch(line: str) -> bool:
    """Return whether a line begins a branch: `else`, `elif`, `except` or `finally`."""
    return line.lstrip().startswith(_BRANCH_WORDS)


def statements(text: str) -> Iterator[ast.stmt]:
    """Yield all statements of correct code."""
    return (node for node in ast.walk(tree_of(text)) if isinstance(node, ast.stmt))


def span_of(node: ast.stmt) -> tuple[int, int]:
    """Return the lines [first, last) of a statement, from its decorators on."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
    return first, node.end_lineno or node.lineno


def chosen(rng: Random, found: Sequence[Block]) -> Block | None:
    """Return one of the blocks; None if there is none."""
    return rng.choice(found) if found else None


def _block(lines: Sequence[str], node: ast.AST, field: str, body: list[ast.stmt]) -> Block | None:
    if field == "orelse" and isinstance(node, ast.If) and isinstance(body[0], ast.If):
        line = lines[body[0].lineno - 1].lstrip()
        if line.startswith("elif"):
            return None  # it is a block of its own
    first, _ = span_of(body[0])
    last = body[-1].end_lineno or body[-1].lineno
    head = first - 1 if field != "body" else getattr(node, "lineno", 1) - 1
    if field != "body" or isinstance(node, ast.match_case):
        while head > 0 and not is_code(lines[head]):
            head -= 1
    if isinstance(node, ast.match_case):
        head = node.pattern.lineno - 1
    if not 0 <= head < first or first >= len(lines) or width(lines[first]) <= width(lines[head]):
        return None
    # The comments above the body belong to it.
    begin = first
    while begin - 1 > head and not is_code(lines[begin - 1]):
        begin -= 1
    if _has_long_string(body):
        return None
    return Block(head, begin, last, width(lines[head]), node, tuple(body))


def _has_long_string(body: Sequence[ast.stmt]) -> bool:
    for statement in body:
        for node in ast.walk(statement):
            is_text = isinstance(node, ast.JoinedStr) or (
                isinstance(node, ast.Constant) and isinstance(node.value, str)
            )
            if is_text and getattr(node, "end_lineno", 0) != getattr(node, "lineno", 0):
                return True
    return False


def _moved(line: str, by: int) -> str:
    if not line.strip():
        return line
    return " " * by + line if by > 0 else line[min(-by, width(line)) :]
