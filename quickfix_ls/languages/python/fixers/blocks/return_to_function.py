"""Indent the statements after a function that hold a `return`, `yield` or `await` of it, with those between, so that
they belong to the function again."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import DEFINITIONS, bound_names, head_word, is_apart, reads_any
from quickfix_ls.languages.python.fixers.enclosing import block_end, in_brackets
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.values import Candidate

_WORDS = {"return": ("return",), "yield": ("yield",), "await": ("await", "async"), "async": ("await", "async")}


@fixer(
    handles="syntax",
    examples=[
        Example(
            "def add(rows):\n    rows = list(rows)\ntotal = sum(rows)\nreturn total\n\nprint(add([]))\n",
            "def add(rows):\n    rows = list(rows)\n    total = sum(rows)\n    return total\n\nprint(add([]))\n",
        ),
        Example(
            "class A:\n    def f(self):\n        x = self.x\n    return x\n\n    def g(self):\n        pass\n",
            "class A:\n    def f(self):\n        x = self.x\n        return x\n\n    def g(self):\n        pass\n",
        ),
        Example(
            "async def hear(text):\n    print(text)\n\nif text:\n    await say('on')\n\nstart()\n",
            "async def hear(text):\n    print(text)\n\n    if text:\n        await say('on')\n\nstart()\n",
        ),
    ],
    leaves=["x = 3\nreturn x\n", "async def main():\n    go()\n\n\nawait main()\n"],
)
def return_to_function(context: Context) -> Iterator[Candidate]:
    message = context.problem.message
    word = next((word for word in _WORDS if f"'{word}" in message and "outside" in message), None)
    lines = context.lines
    if word is None or not lines:
        return
    line = min(context.line, len(lines) - 1)
    first, head = _between(context, line)
    if head is None:
        return
    is_async = context.tokens[lines[head].first].text == "async"
    last = _last(context, first, line, _WORDS[word])
    if word in ("await", "async") and not (is_async and _is_of(context, head, first, last)):
        return
    body = indentation_of(context, lines[head + 1])
    here = indentation_of(context, lines[first])
    if not body.startswith(here) or body == here:
        return
    added = body[len(here) :]
    moved = [index for index in range(first, last + 1) if not in_brackets(context, index)]
    edits = tuple(context.edit(lines[index].start, lines[index].start, added) for index in moved)
    shown = beginning(context.text_of(lines[first].first, lines[first].last))
    count = f" ({len(moved)} lines)" if len(moved) > 1 else ""
    yield Candidate(edits, f"Indent `{shown}`{count} into the function above")


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


def _is_of(context: Context, head: int, first: int, last: int) -> bool:
    """Return whether lines after a function use its names and do not call it, or follow it without a blank line."""
    lines = context.lines
    names = set[str]()
    for index in range(head, first):
        names |= bound_names(context, index)
    tokens = context.tokens[lines[head].first : lines[head].first + 4]
    own = {token.text for token in tokens if token.kind == "name"}
    moved = range(first, last + 1)
    if any(reads_any(context, index, own - names) for index in moved):
        return False
    return not is_apart(context, first) or any(reads_any(context, index, names) for index in moved)
