"""Everyday errors of blocks: bodies that are empty or stand at the margin of their header."""

from __future__ import annotations

import ast
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.code_blocks import (
    Block,
    Function,
    blocks_of,
    chosen,
    is_blank,
    is_branch,
    is_code,
    next_code,
    shifted,
    width,
)

_NOTES = ("# TODO", "# todo: later", "# not yet", "# nothing to do here", "# fill in", "# your code here", "# ...")
_MAX_BODY = 8


@everyday
def empty_body(code: Code, rng: Random) -> Pair | None:
    """Leave a block empty, or with a comment alone; the right text has `pass` there."""
    lines = code.text.split("\n")
    found = [block for block in blocks_of(code.text) if _shows_its_end(lines, block)]
    block = chosen(rng, [one for one in found if _ends_apart(lines, one)] if rng.random() < 0.7 else found)
    if block is None:
        return None
    white = lines[next_code(lines, block.first)][: width(lines[next_code(lines, block.first)])]
    below = next_code(lines, block.last)
    is_told = below < len(lines) and (is_branch(lines[below]) or width(lines[below]) < block.indent)
    is_definition = below < len(lines) and lines[below].lstrip().startswith(("def ", "class ", "@", "async def "))
    note = [white + rng.choice(_NOTES)] if rng.random() < 0.45 else []
    gap = [""] if not (note or is_told or is_definition) and not is_blank((*lines[block.last :], "")[0]) else []
    before, after = lines[: block.first], [*gap, *lines[block.last :]]
    if below >= len(lines) and rng.random() < 0.5 and not isinstance(block.node, Function):
        return None
    return Pair("\n".join([*before, *note, *after]), "\n".join([*before, *note, f"{white}pass", *after]))


@everyday
def body_not_indented(code: Code, rng: Random) -> Pair | None:
    """Write the body of a block at the column of its header."""
    lines = code.text.split("\n")
    block = _unindented(code, rng)
    if block is None:
        return None
    by = block.indent - width(lines[next_code(lines, block.first)])
    return Pair("\n".join(shifted(lines, block.first, block.last, by)), code.text)


@everyday
def colon_and_body(code: Code, rng: Random) -> Pair | None:
    """Write the body of a block at the column of its header, and leave out the colon."""
    lines = code.text.split("\n")
    block = _unindented(code, rng)
    end = _colon_line(lines, block) if block is not None else None
    if block is None or end is None:
        return None
    by = block.indent - width(lines[next_code(lines, block.first)])
    broken = shifted(lines, block.first, block.last, by)
    broken[end] = broken[end].rstrip()[:-1]
    return Pair("\n".join(broken), code.text)


@everyday
def flat_function(code: Code, rng: Random) -> Pair | None:
    """Write all lines of a function, with the blocks in it, at one column."""
    lines = code.text.split("\n")
    found = [
        block
        for block in blocks_of(code.text)
        if isinstance(block.node, Function) and 2 <= block.last - block.first <= _MAX_BODY
    ]
    found = [block for block in found if len({width(line) for line in lines[block.first : block.last] if line}) > 1]
    block = chosen(rng, found)
    if block is None:
        return None
    flat = [" " * block.indent + line.lstrip() for line in lines[block.first : block.last]]
    return Pair("\n".join([*lines[: block.first], *flat, *lines[block.last :]]), code.text)


def _unindented(code: Code, rng: Random) -> Block | None:
    """Return a block whose body can be told from what follows it, although it is not indented."""
    lines = code.text.split("\n")
    found = []
    for block in blocks_of(code.text):
        below = next_code(lines, block.last)
        is_end = below >= len(lines) or width(lines[below]) < block.indent or is_branch(lines[below])
        is_apart = is_end or is_blank(lines[block.last])
        is_single = len(block.body) == 1
        has_gap = any(is_blank(line) for line in lines[block.first : block.last])
        starts = is_code(lines[block.first]) and not lines[block.first].lstrip().startswith(("def ", "class ", "@"))
        is_class = isinstance(block.node, ast.ClassDef)
        if block.last - block.first > _MAX_BODY or (has_gap and not is_class) or not (starts or is_class):
            continue
        if is_apart or (is_single and not isinstance(block.node, (*Function, ast.ClassDef))):
            found.append(block)
    return chosen(rng, found)


def _shows_its_end(lines: list[str], block: Block) -> bool:
    """Return whether the block is short enough to be thought of as unwritten."""
    return block.last - block.first <= 12


def _ends_apart(lines: list[str], block: Block) -> bool:
    """Return whether more code follows the block."""
    return next_code(lines, block.last) < len(lines)


def _colon_line(lines: list[str], block: Block) -> int | None:
    """Return the line at whose end the colon of a block's header is; None if a comment follows it."""
    end = block.first - 1
    while end > block.head and not is_code(lines[end]):
        end -= 1
    return end if lines[end].rstrip().endswith(":") and "#" not in lines[end] else None
