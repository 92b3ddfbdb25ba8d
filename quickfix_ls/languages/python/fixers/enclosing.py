"""The code around a problem: the lines of the function that it is in, the lines of a block, the end of an operand."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.context import Context
from quickfix_ls.languages.python.lexer import OPENERS
from quickfix_ls.lexing.layout import Line
from quickfix_ls.lexing.tokens import Token

_DEFINITIONS = frozenset({"def", "class", "async", "@"})


def own_lines(context: Context) -> range:
    """Return the indices of the lines of the function or method that holds the problem; for code of the module, those
    of the lines around it up to a definition on either side."""
    lines = context.lines
    if not lines:
        return range(0)
    line = min(context.line, len(lines) - 1)
    head = outermost_function(context, line)
    if head is not None:
        return range(head, block_end(lines, head) + 1)
    first = last = line
    while first > 0 and not _defines(context, first - 1) and not _in_definition(context, first - 1):
        first -= 1
    while last + 1 < len(lines) and not _defines(context, last + 1):
        last += 1
    return range(first, last + 1)


def outermost_function(context: Context, line: int) -> int | None:
    """Return the index of the header line of the outermost function around a line, which is not within another
    function; None if there is none. The header itself counts as in its function."""
    lines, found, indent = context.lines, None, lines_indent(context, line)
    for index in range(line, -1, -1):
        here = lines[index]
        if index == line or (here.indent < indent and not in_brackets(context, index)):
            indent = here.indent
            if _is_function(context, index):
                found = index
    return found


def innermost_function(context: Context, line: int) -> int | None:
    """Return the index of the header line of the innermost function whose body holds a line; None if there is none, or
    if a class is between."""
    lines, indent = context.lines, lines_indent(context, line)
    for index in range(line - 1, -1, -1):
        here = lines[index]
        if here.indent < indent and not in_brackets(context, index):
            indent = here.indent
            if _is_function(context, index):
                return index
            if context.tokens[here.first].text == "class":
                return None
    return None


def lines_indent(context: Context, line: int) -> int:
    """Return the indentation of the line, or of the line at which its bracket was opened."""
    while line > 0 and in_brackets(context, line):
        line -= 1
    return context.lines[line].indent


def in_brackets(context: Context, line: int) -> bool:
    """Return whether a line begins within a bracket that is opened before it and closed in it or after it."""
    return line in context.derived(_continued)


def logical_last(context: Context, line: int) -> int:
    """Return the index after the last token of the statement that begins at a line, over the line ends in brackets."""
    while line + 1 < len(context.lines) and in_brackets(context, line + 1):
        line += 1
    return context.lines[line].last


def _continued(context: Context) -> frozenset[int]:
    """Return the indices of the lines that begin within brackets."""
    starts = [line.first for line in context.lines]
    found: set[int] = set()
    for opener, closer in context.brackets.partner.items():
        if opener < closer:
            found.update(index for index, first in enumerate(starts) if opener < first <= closer)
    return frozenset(found)


def block_end(lines: Sequence[Line], head: int) -> int:
    """Return the index of the last line of the block of a header line; the header's own if it has none."""
    last = head
    while last + 1 < len(lines) and lines[last + 1].indent > lines[head].indent:
        last += 1
    return last


def primary_end(tokens: Sequence[Token], index: int, partner: dict[int, int]) -> int:
    """Return the index after an operand without operators, such as `a.b(c)[d]`, that begins at a token."""
    is_bracket = index < len(tokens) and tokens[index].text in OPENERS
    end = (partner.get(index, index) if is_bracket else index) + 1
    while end < len(tokens):
        if tokens[end].text == "." and end + 1 < len(tokens) and tokens[end + 1].kind == "name":
            end += 2
        elif tokens[end].text in ("(", "[") and partner.get(end, 0) > end:
            end = partner[end] + 1
        else:
            return end
    return end


def _is_function(context: Context, line: int) -> bool:
    first = context.lines[line].first
    texts = [token.text for token in context.tokens[first : first + 2]]
    return texts[0] == "def" or texts == ["async", "def"]


def _defines(context: Context, line: int) -> bool:
    return context.lines[line].indent == 0 and context.tokens[context.lines[line].first].text in _DEFINITIONS


def _in_definition(context: Context, line: int) -> bool:
    """Return whether a line is in the block of a definition at the left margin."""
    while line >= 0 and (context.lines[line].indent > 0 or in_brackets(context, line)):
        line -= 1
    return line >= 0 and _defines(context, line)


def indent_step(context: Context) -> str:
    """Return the white space of one level of indentation in the region: the first step found, else four spaces."""
    previous = 0
    for index, line in enumerate(context.lines):
        if in_brackets(context, index):
            continue
        if line.indent > previous:
            white = context.region.text[line.start : line.start + line.indent]
            return "\t" if white.endswith("\t") else " " * min(line.indent - previous, 8)
        previous = line.indent
    return "    "
