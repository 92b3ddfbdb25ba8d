"""Code after a function that was a part of it, by a `return`, `yield` or `await` that can only stand in a function."""

from __future__ import annotations

from dataclasses import dataclass

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import (
    DEFINITIONS,
    head_word,
    is_apart,
    names_bound_by,
    reads_any,
)
from quickfix_ls.languages.python.fixers.enclosing import block_end, in_brackets
from quickfix_ls.languages.python.statement_lines import LEAVING

_WORDS = {"return": ("return",), "yield": ("yield",), "await": ("await", "async"), "async": ("await", "async")}


@dataclass(frozen=True, slots=True)
class DedentedCode:
    """The lines [first, last] that belong to the function whose header is the line `head`."""

    head: int
    first: int
    last: int


def dedented_code(context: Context) -> DedentedCode | None:
    """Return the code after a function that lost its indentation; None if the problem is not a word outside of a
    function, or if the code around it may as well be of its own."""
    return context.derived(_dedented_code)


def _dedented_code(context: Context) -> DedentedCode | None:
    message, lines = context.problem.message, context.lines
    word = next((word for word in _WORDS if f"'{word}" in message and "outside" in message), None)
    if word is None or not lines:
        return None
    line = min(context.line, len(lines) - 1)
    first, head = _between(context, line)
    if head is None:
        return None
    last = _last(context, first, line, _WORDS[word])
    is_async = context.tokens[lines[head].first].text == "async"
    if word in ("await", "async") and not (is_async and _is_of(context, head, first, last)):
        return None
    return DedentedCode(head, first, _with_readers(context, first, last))


def _between(context: Context, line: int) -> tuple[int, int | None]:
    """Return the first line after the body of the function above that is at its header's column, and the header's line;
    None for the header if there is no such function."""
    lines = context.lines
    indent = lines[line].indent
    for above in range(line - 1, -1, -1):
        indent = min(indent, lines[above].indent)
        if lines[above].indent == indent and head_word(context, above) in DEFINITIONS:
            is_function = head_word(context, above) == "def"
            end = block_end(lines, above)
            while end + 1 < len(lines) and in_brackets(context, end + 1):
                end = block_end(lines, end + 1)
            inside = above + 1 <= end < line and lines[end + 1].indent == indent
            return end + 1, above if is_function and inside else None
    return line, None


def _last(context: Context, first: int, line: int, words: tuple[str, ...]) -> int:
    """Return the last line to indent: the end of the last statement with such a word before the next definition."""
    lines, indent = context.lines, context.lines[first].indent
    last, at = line, first
    while at < len(lines) and lines[at].indent >= indent:
        if lines[at].indent == indent and head_word(context, at) in DEFINITIONS:
            break
        end = block_end(lines, at)
        while end + 1 < len(lines) and in_brackets(context, end + 1):
            end += 1
        tokens = context.tokens[lines[at].first : lines[end].last]
        if at <= line <= end or any(token.kind == "keyword" and token.text in words for token in tokens):
            last = end
        at = end + 1
    return last


def _with_readers(context: Context, first: int, last: int) -> int:
    """Return the last line of the code with the statements directly below it that read what only it binds."""
    lines, indent = context.lines, context.lines[first].indent
    while last + 1 < len(lines) and not is_apart(context, last + 1) and lines[last + 1].indent == indent:
        moved = range(first, last + 1)
        own = names_bound_by(context, moved) - names_bound_by(
            context, (at for at in range(len(lines)) if at not in moved)
        )
        if _ends(context, first, last) or not reads_any(context, last + 1, own):
            break
        if head_word(context, last + 1) in DEFINITIONS:
            break
        last = block_end(lines, last + 1)
    return last


def _ends(context: Context, first: int, last: int) -> bool:
    """Return whether nothing behind the lines would run if it were of the same block."""
    indent = context.lines[first].indent
    level = [at for at in range(first, last + 1) if context.lines[at].indent == indent and not in_brackets(context, at)]
    return bool(level) and head_word(context, level[-1]) in LEAVING


def _is_of(context: Context, head: int, first: int, last: int) -> bool:
    """Return whether lines after a function do not call it, and follow it without a blank line or read names that only
    it binds."""
    lines = context.lines
    inside, moved = range(head, first), range(first, last + 1)
    names = names_bound_by(context, inside)
    tokens = context.tokens[lines[head].first : lines[head].first + 4]
    own = {token.text for token in tokens if token.kind == "name"}
    if any(reads_any(context, index, own - names) for index in moved):
        return False
    only = _bound_only_by(context, inside)
    return not is_apart(context, first) or any(reads_any(context, index, only) for index in moved)


def _bound_only_by(context: Context, lines: range) -> set[str]:
    """Return the names that the lines bind, and no other line of the region."""
    others = (at for at in range(len(context.lines)) if at not in lines)
    return names_bound_by(context, lines) - names_bound_by(context, others)
