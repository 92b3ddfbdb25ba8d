"""The place that a person should look at for a syntax error, where the parser's own range is hard to see."""

from __future__ import annotations

from bisect import bisect_right

from quickfix_ls.index.index import Region
from quickfix_ls.lexing.layout import Line, lines_of
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Span


def marked(lexis: Lexis, region: Region, span: Span) -> Span:
    """Return the span to mark for a syntax error of a region; `span` is that of the parser, in the document.

    A range behind the code of a line, at its end or in a comment, becomes that code; one that holds less than its token
    becomes the token; a single sign at the end of the code is marked together with the token before it.
    """
    start, end = span.start - region.start, span.end - region.start
    found = region.text[max(start, 0) : end]
    if not 0 <= start <= len(region.text) or (len(found) > 1 and not found.isspace() and found[0] != lexis.comment):
        return span
    tokens = lexis.lex(region.text)
    line = _line_at(lines_of(tokens), start)
    if line is None:
        return span
    first, last = tokens[line.first], tokens[line.last - 1]
    if start >= last.end or first.start > start:
        return _in_document(region, first.start, last.end)
    at = bisect_right(tokens, start, line.first, line.last, key=lambda token: token.start) - 1
    return _in_document(region, *_extended(tokens, line, at, start, end))


def _line_at(lines: list[Line], offset: int) -> Line | None:
    """Return the line of code that holds an offset, else the last one before it."""
    at = bisect_right(lines, offset, key=lambda line: line.start) - 1
    return lines[at] if lines and at >= 0 else None


def _extended(tokens: list[Token], line: Line, at: int, start: int, end: int) -> tuple[int, int]:
    """Return the range of a token, and of the one before it if it is a single sign at the end of the line."""
    token = tokens[at]
    if not token.start <= start < token.end:
        return start, max(start, end)
    is_single = token.end - token.start == 1 and at == line.last - 1 and at > line.first
    first_line = token.text.split("\n", 1)[0].rstrip("\r")
    return tokens[at - 1].start if is_single else token.start, token.start + len(first_line)


def _in_document(region: Region, start: int, end: int) -> Span:
    return Span(region.start + start, region.start + end)
