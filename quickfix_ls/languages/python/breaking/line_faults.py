"""Operators that join, split or shift lines."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code, operator
from quickfix_ls.languages.python.statement_lines import BLOCK_KEYWORDS


@operator
def join_lines(code: Code, rng: Random, detail: str) -> str | None:
    """Delete a line end."""
    places = [index for index in code.of_shape("line") if 0 < index < len(code.tokens) - 1]
    return code.at(rng, places, 1, " ")


@operator
def split_line(code: Code, rng: Random, detail: str) -> str | None:
    """Break a line after a token; the detail is that token's shape."""
    return code.at(rng, code.after(detail), 0, "\n")


@operator
def indentation(code: Code, rng: Random, detail: str) -> str | None:
    """Shift lines. By detail: `in`/`out` one line; `block in`/`block out` it and the following lines at its level or
    deeper; `flat`: the body of a block to the level of its header; `tab`: a tab in place of spaces."""
    lines = code.text.split("\n")
    full = [number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
    if detail == "flat":
        full = [number for number in full if number and _opens_block(lines[number - 1])]
    elif detail in ("out", "block out", "tab"):
        full = [number for number in full if lines[number][0] in " \t"]
    if not full:
        return None
    first = rng.choice(full)
    width = _width(lines[first])
    last = first + 1
    if detail not in ("in", "out", "tab"):
        while last < len(lines) and (not lines[last].strip() or _width(lines[last]) >= width):
            last += 1
    step = rng.choice((1, 2, 3, 4, 4, 4))
    if detail == "flat":
        step = width - _width(lines[first - 1])
    for number in range(first, last):
        lines[number] = _shifted(lines[number], detail, step)
    return "\n".join(lines)


def _opens_block(line: str) -> bool:
    words = line.split("#")[0].split()
    return bool(words) and words[0].rstrip(":") in BLOCK_KEYWORDS and words[-1].endswith(":")


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _shifted(line: str, detail: str, step: int) -> str:
    if not line.strip():
        return line
    if detail == "tab":
        return "\t" + line.lstrip(" \t")
    if detail.endswith("in"):
        return " " * step + line
    return line[min(step, _width(line)) :]
