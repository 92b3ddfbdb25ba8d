"""Add `pass` to a block that is empty or contains only comments, and to the other empty blocks of the function."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import (
    has_colon,
    is_header,
    lacks_block,
    missing_block,
    next_statement,
    reading,
)
from quickfix_ls.languages.python.fixers.enclosing import indent_step, logical_last, own_lines
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.values import Candidate, Edit

_COMMENT = re.compile(r"(?:(?:\r\n?|\n)[ \t]*)*(?:\r\n?|\n)(?P<white>[ \t]*)#[^\r\n]*")


@fixer(
    handles="syntax",
    examples=[
        Example("class A(Exception):\n\nx = 1\n", "class A(Exception):\n    pass\n\nx = 1\n"),
        Example(
            "def f():\n    # later\n\ndef g():\n    return 1\n",
            "def f():\n    # later\n    pass\n\ndef g():\n    return 1\n",
        ),
        Example("def f():\n", "def f():\n    pass\n"),
        Example(
            "if a:\n    # one\nelif b:\nelse:\n    go()\n",
            "if a:\n    # one\n    pass\nelif b:\n    pass\nelse:\n    go()\n",
        ),
    ],
    leaves=["if x:\n    go()\n  stop()\n", "def f(x):\nreturn x\n"],
)
def fill_block(context: Context) -> Iterator[Candidate]:
    head = missing_block(context)
    if head is None or not has_colon(context, head) or reading(context, head) == "body":
        return
    heads = [head, *_other_empty_blocks(context, head)]
    shown = beginning(context.text_of(context.lines[head].first, context.lines[head].last))
    title = f"Add `pass` to the empty block of `{shown}`"
    if len(heads) > 1:
        edits = sorted({_pass(context, each) for each in heads})
        yield Candidate(tuple(edits), f"{title} ({len(edits)} places)", safety="needs-a-look")
    yield Candidate((_pass(context, head),), title, safety="needs-a-look")


def _other_empty_blocks(context: Context, head: int) -> Iterator[int]:
    for index in own_lines(context):
        is_empty = index != head and is_header(context, index) and lacks_block(context, index)
        ends = context.tokens[logical_last(context, index) - 1].text == ":"
        if is_empty and ends and reading(context, index) == "empty":
            yield index


def _pass(context: Context, head: int) -> Edit:
    """Return the edit that adds `pass` below a header, and below the comments that are indented deeper than it."""
    line = context.lines[head]
    white = indentation_of(context, line) + indent_step(context)
    text = context.region.text
    end = context.tokens[logical_last(context, head) - 1].end
    newline = re.compile(r"\r\n?|\n|\Z").search(text, end)
    place = newline.start() if newline is not None else len(text)
    following = next_statement(context, head)
    limit = context.lines[following].start if following is not None else len(text)
    while (comment := _COMMENT.match(text, place, limit)) and len(comment["white"]) > line.indent:
        place, white = comment.end(), comment["white"]
    return context.edit(place, place, f"\n{white}pass")
