"""Token queries that several fixers share: where a statement or expression starts and ends, top-level separators, lines
near a problem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quickfix_ls.context import Context
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.lexing.layout import Line
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Edit, Span


def lines_near(context: Context, before: int = 1, after: int = 1) -> list[Line]:
    """Return up to `before` lines of code before the problem's line, that line, and up to `after` lines after it."""
    return context.lines[max(0, context.line - before) : context.line + after + 1]


def is_near(context: Context, offset: int, reach: int = 400) -> bool:
    """Return whether a region offset is within `reach` code points of the problem."""
    return abs(offset - context.offset) <= reach


def span_of(context: Context) -> Span:
    """Return the problem's span, relative to the region."""
    return Span(context.offset, context.problem.span.end - context.region.start)


def indentation_of(context: Context, line: Line) -> str:
    """Return the leading whitespace of a line."""
    return context.region.text[line.start : line.start + line.indent]


def begins_statement_at(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a statement can begin at this token: at the start of a line, or after `:`, `;` or `else`."""
    return (
        index == 0 or tokens[index - 1].kind in ("newline", "comment") or tokens[index - 1].text in (":", ";", "else")
    )


def usual_quote(context: Context) -> str:
    """Return the quote that most strings of the region have; `"` if neither is more frequent."""
    starts = [token.text.lstrip("rRbBuUfFtT")[:1] for token in context.tokens if token.kind == "string"]
    return "'" if starts.count("'") > starts.count('"') else '"'


def logical_start(context: Context, offset: int) -> int:
    """Return the offset of the line on which the statement around an offset begins."""
    start, depth = 0, 0
    for token in context.tokens:
        if token.start >= offset:
            break
        if token.text in OPENERS:
            depth += 1
        elif token.text in CLOSERS:
            depth = max(0, depth - 1)
        elif token.kind == "newline" and not depth:
            start = token.end
    return start


def end_of(tokens: Sequence[Token], index: int) -> int:
    """Return the index after a statement's last token: the line end, a `;`, or the closing bracket that encloses it."""
    depth = 0
    for i in range(index + 1, len(tokens)):
        token = tokens[i]
        if token.text in OPENERS:
            depth += 1
        elif token.text in CLOSERS:
            depth -= 1
        elif depth <= 0 and (token.kind in ("newline", "comment") or token.text == ";"):
            return i
        if depth < 0:
            return i
    return len(tokens)


def expression_end(context: Context, first: int, stops: Iterable[str] = ()) -> int:
    """Return the index after the expression that begins at token `first`.

    The expression ends at a token in `stops` or a closing bracket outside nested brackets, or at the line end. A
    bracket that is never closed counts as an operand.
    """
    tokens, partner, wanted = context.tokens, context.brackets.partner, frozenset({*stops, *CLOSERS})
    end = first
    while end < len(tokens) and tokens[end].kind not in ("newline", "comment") and tokens[end].text not in wanted:
        end = max(partner.get(end, end), end) + 1
    return end


def find_top(tokens: Sequence[Token], first: int, last: int, texts: Iterable[str]) -> int | None:
    """Return the index of the first token in [first, last) whose text is in `texts` and that is outside nested
    brackets, or None."""
    wanted = frozenset(texts)
    depth = 0
    for index in range(first, min(last, len(tokens))):
        text = tokens[index].text
        if depth == 0 and text in wanted:
            return index
        depth += (text in OPENERS) - (text in CLOSERS)
    return None


def split_top(tokens: Sequence[Token], first: int, last: int, text: str = ",") -> list[tuple[int, int]]:
    """Split the token range [first, last) at each `text` outside nested brackets. Returns half-open ranges, empty ones
    included."""
    pieces: list[tuple[int, int]] = []
    start = first
    while (at := find_top(tokens, start, last, (text,))) is not None:
        pieces.append((start, at))
        start = at + 1
    return [*pieces, (start, last)]


def operand_start(tokens: Sequence[Token], index: int, stops: Iterable[str]) -> int:
    """Return the index of the first token of the expression that ends before `index`.

    The expression starts after a token in `stops`, after an unclosed opening bracket, or at the start of the line.
    """
    wanted = frozenset(stops)
    depth = 0
    while index > 0:
        token = tokens[index - 1]
        if token.text in CLOSERS:
            depth += 1
        elif token.text in OPENERS:
            if depth == 0:
                return index
            depth -= 1
        elif depth == 0 and (token.text in wanted or token.kind in ("newline", "comment")):
            return index
        index -= 1
    return index


def without_overlaps(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits in order, without each edit that overlaps the previous one."""
    kept: list[Edit] = []
    for edit in sorted(set(edits)):
        if not kept or edit.span.start >= kept[-1].span.end:
            kept.append(edit)
    return tuple(kept)
