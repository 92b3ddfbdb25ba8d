"""Indent or dedent a line, or a run of lines that begins with it, to a level that fits the lines around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import (
    DEFINITIONS,
    head_word,
    is_header,
    is_method,
    missing_block,
    names_bound_by,
    next_statement,
    reading,
    reads_any,
)
from quickfix_ls.languages.python.fixers.enclosing import block_end
from quickfix_ls.languages.python.names.instances import INSTANCES
from quickfix_ls.languages.python.statement_lines import LEAVING
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate, Edit

_MAX_LEVELS, _MAX_RUN = 6, 20
_OUTSIDE = re.compile(r"outside (?:async )?(?:loop|function)|not properly in loop")
_LEAVES_LOOP = frozenset({"break", "continue"})
_NEEDS_FUNCTION = frozenset({"return", "yield", "await", "async"})


@fixer(
    handles="syntax",
    examples=[
        Example("x = 1\n  y = 2\n", "x = 1\ny = 2\n"),
        Example("def f():\nreturn 1\n", "def f():\n    return 1\n"),
        Example("def f():\n    x = 1\n   return x\n", "def f():\n    x = 1\n    return x\n"),
        Example("for x in y:\nif x:\n    go()\n", "for x in y:\n    if x:\n        go()\n"),
        Example("class A:\ndef f(self):\n    pass\n", "class A:\n    def f(self):\n        pass\n"),
        Example("def f(x):\n    y = 1\nz = 2\nreturn z\n", "def f(x):\n    y = 1\n    z = 2\n    return z\n"),
        Example(
            "class A:\n    def f(self):\nself.x = 1\nself.y = 2\n\n    def g(self):\n        go()\n",
            "class A:\n    def f(self):\n        self.x = 1\n        self.y = 2\n\n    def g(self):\n        go()\n",
        ),
        Example("if x:\n\tgo()\n        stop()\n", "if x:\n\tgo()\n\tstop()\n"),
    ],
)
def mend_indentation(context: Context) -> Iterator[Candidate]:
    if not context.lines:
        return
    seen: set[tuple[Edit, ...]] = set()
    for index in (context.line, context.line + 1, context.line - 1, _start_of_run(context)):
        if 0 <= index < len(context.lines) and not _inside_brackets(context, index):
            for candidate in _reindent(context, index):
                if candidate.edits and candidate.edits not in seen:
                    seen.add(candidate.edits)
                    yield candidate


def _reindent(context: Context, index: int) -> Iterator[Candidate]:
    line = context.lines[index]
    now = _white(context, line)
    is_outside = _is_outside(context, index)
    for wanted in _levels(context, index):
        if wanted == now or (is_outside and len(wanted.expandtabs()) > len(now.expandtabs())):
            continue
        if not wanted and is_method(context, index):
            continue
        if _is_class_level(context, index, wanted) and _reads_instance(context, index):
            continue
        verb = "Indent" if len(wanted.expandtabs()) > len(now.expandtabs()) else "Dedent"
        shown = beginning(line.text(context.tokens))
        for last in _extents(context, index):
            edits = _shift(context, index, last, now, wanted)
            count = last - index + 1
            what = f"`{shown}`" if count == 1 else f"{count} lines from `{shown}`"
            yield Candidate(edits, f"{verb} {what} to column {len(wanted.expandtabs())}")


def _is_class_level(context: Context, index: int, wanted: str) -> bool:
    """Return whether a line would be in the body of a class itself at an indentation."""
    width = len(wanted.expandtabs())
    above = range(index - 1, -1, -1)
    head = next((at for at in above if len(_white(context, context.lines[at]).expandtabs()) < width), None)
    return head is not None and head_word(context, head) == "class"


def _reads_instance(context: Context, index: int) -> bool:
    return head_word(context, index) not in DEFINITIONS and reads_any(context, index, set(INSTANCES))


def _is_outside(context: Context, index: int) -> bool:
    """Return whether the line is not of the block above: that is empty, or a `try` without any `except` below."""
    head = missing_block(context)
    if head is not None and next_statement(context, head) == index and reading(context, head) == "empty":
        return True
    is_try = "expected 'except'" in context.problem.message
    indent = context.lines[index].indent
    below = [at for at in range(index, len(context.lines)) if context.lines[at].indent <= indent]
    return is_try and not any(head_word(context, at) in ("except", "finally") for at in below[:_MAX_RUN])


def _levels(context: Context, index: int) -> list[str]:
    """Return the indentations that a line may have, the most likely first.

    These are the indentations of the lines above it, a step deeper than the last block header, and the indentation of
    the line below.
    """
    levels: list[str] = []
    for before in reversed(context.lines[max(0, index - 30) : index]):
        white = _white(context, before)
        if before is context.lines[index - 1] and context.tokens[before.last - 1].text == ":":
            levels.append(white + _step(context))
        if white not in levels:
            levels.append(white)
        if not white:
            break
    if index + 1 < len(context.lines):
        levels.append(_white(context, context.lines[index + 1]))
    if index == 0:
        levels.append("")
    return list(dict.fromkeys(levels))[:_MAX_LEVELS]


def _start_of_run(context: Context) -> int:
    """Return the index of the first line of the run that contains the problem.

    The run consists of the lines at the problem's level or deeper; it starts after a preceding block that the lines may
    have been part of.
    """
    index = context.line
    indent = context.lines[index].indent
    while index > 0 and context.lines[index - 1].indent >= indent:
        index -= 1
    while index < context.line and (
        context.lines[index].indent > indent
        or context.tokens[context.lines[index].first].text in ("def", "class", "async")
    ):
        index += 1
    return index


def _extents(context: Context, index: int) -> list[int]:
    """Return the indices of the last lines of the groups that may move together.

    These are the line with its own block, the line alone, all following lines at its level or deeper up to a blank line
    (at top level), and all such lines up to a shallower line.
    """
    lines = context.lines
    indent = lines[index].indent
    block = index
    while block + 1 < len(lines) and lines[block + 1].indent > indent:
        block += 1
    run = block
    while (
        run + 1 < len(lines) and lines[run + 1].indent >= indent and not (indent == 0 and _is_apart(context, run + 1))
    ):
        run += 1
    whole = run
    while whole + 1 < len(lines) and lines[whole + 1].indent >= indent:
        whole += 1
    end = _end_of_reach(context, index, block, whole)
    level = _end_of_level(context, index, block)
    return list(dict.fromkeys((block, index, min(level, end), min(run, end), min(whole, end))))


def _end_of_level(context: Context, index: int, block: int) -> int:
    """Return the last line of the statements at the line's level, before one that is deeper without a header of its
    own, or a definition."""
    lines, last = context.lines, block
    while last + 1 < len(lines) and lines[last + 1].indent == lines[index].indent:
        if head_word(context, last + 1) in DEFINITIONS:
            break
        last += 1
        if is_header(context, last):
            last = block_end(lines, last)
    return last


def _end_of_reach(context: Context, index: int, block: int, last: int) -> int:
    """Return the last line up to which a run may move: the statement that leaves the block, behind which nothing would
    run; if the problem is a statement outside of its loop or function, the last one of these and what reads the names
    that the run binds."""
    lines, indent = context.lines, context.lines[index].indent
    outside = _OUTSIDE.search(context.problem.message)
    words = _LEAVES_LOOP if "loop" in context.problem.message else _NEEDS_FUNCTION
    end, start = block, index
    while start <= last:
        stop = block if start == index else block_end(lines, start)
        tokens = context.tokens[lines[start].first : lines[stop].last]
        needs = any(token.kind == "keyword" and token.text in words for token in tokens)
        if outside is None or needs or reads_any(context, start, names_bound_by(context, range(index, start))):
            end = stop
        if head_word(context, start) in LEAVING and lines[start].indent == indent:
            return stop
        start = stop + 1
    return max(end, block)


def _is_apart(context: Context, index: int) -> bool:
    """Return whether a blank line precedes a line."""
    return context.region.text[: context.lines[index].start].endswith(("\n\n", "\n\r\n"))


def _shift(context: Context, first: int, last: int, now: str, wanted: str) -> tuple[Edit, ...]:
    edits = []
    for line in context.lines[first : last + 1]:
        if _in_brackets_or_string(context, line):
            continue
        white = _white(context, line)
        rest = white[len(now) :] if white.startswith(now) else ""
        if white != wanted + rest:
            edits.append(context.edit(line.start, line.start + len(white), wanted + rest))
    return tuple(edits)


def _white(context: Context, line: Line) -> str:
    return context.region.text[line.start : line.start + line.indent]


def _step(context: Context) -> str:
    """Return the whitespace of a single indentation level in this region: the first step found, else four spaces."""
    previous = 0
    for line in context.lines:
        if line.indent > previous:
            white = _white(context, line)
            return "\t" if white.endswith("\t") else " " * min(line.indent - previous, 8)
        previous = line.indent
    return "    "


def _inside_brackets(context: Context, index: int) -> bool:
    line = context.lines[index]
    return any(opener < line.first <= closer for opener, closer in context.brackets.partner.items() if opener < closer)


def _in_brackets_or_string(context: Context, line: Line) -> bool:
    before = context.tokens[line.first - 1] if line.first else None
    return before is not None and before.kind == "string" and before.end > line.start
