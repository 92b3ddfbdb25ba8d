"""How several fixers look at the tokens of a statement: its end, its pieces, the lines around a problem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quickfix_ls.context import Context
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.lexing.layout import Line
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Edit


def lines_near(context: Context, before: int = 1, after: int = 1) -> list[Line]:
    """The lines that hold code around the problem's line, the problem's own line included."""
    return context.lines[max(0, context.line - before) : context.line + after + 1]


def is_near(context: Context, offset: int, reach: int = 400) -> bool:
    """Whether an offset of the region lies within `reach` code points of the problem."""
    return abs(offset - context.offset) <= reach


def white_of(context: Context, line: Line) -> str:
    """The white space that a line begins with."""
    return context.region.text[line.start : line.start + line.indent]


def begins_statement_at(tokens: Sequence[Token], index: int) -> bool:
    """Whether a statement may begin with this token: after a line end, a `:` or a `;`."""
    return (
        index == 0 or tokens[index - 1].kind in ("newline", "comment") or tokens[index - 1].text in (":", ";", "else")
    )


def end_of(tokens: Sequence[Token], index: int) -> int:
    """The index after a statement's last token: at its line's end, or where brackets opened in it close."""
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
    """The index after the expression that begins with a token: at one of `stops` or a closing bracket, where none is
    open since, or at the line's end. A bracket that is never closed counts as an operand."""
    tokens, partner, wanted = context.tokens, context.brackets.partner, frozenset({*stops, *CLOSERS})
    end = first
    while end < len(tokens) and tokens[end].kind not in ("newline", "comment") and tokens[end].text not in wanted:
        end = max(partner.get(end, end), end) + 1
    return end


def find_top(tokens: Sequence[Token], first: int, last: int, texts: Iterable[str]) -> int | None:
    """The first token in [first, last) with one of these texts that is not inside of brackets."""
    wanted = frozenset(texts)
    depth = 0
    for index in range(first, min(last, len(tokens))):
        text = tokens[index].text
        if depth == 0 and text in wanted:
            return index
        depth += (text in OPENERS) - (text in CLOSERS)
    return None


def split_top(tokens: Sequence[Token], first: int, last: int, text: str = ",") -> list[tuple[int, int]]:
    """The pieces [a, b) of [first, last) between the `text`s that are not inside of brackets; none is left out."""
    pieces: list[tuple[int, int]] = []
    start = first
    while (at := find_top(tokens, start, last, (text,))) is not None:
        pieces.append((start, at))
        start = at + 1
    return [*pieces, (start, last)]


def operand_start(tokens: Sequence[Token], index: int, stops: Iterable[str]) -> int:
    """The first token of the expression that ends before `index`, back to one of `stops`, an opening bracket that is
    not closed before `index`, or the line's beginning."""
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
    """The edits in order, each dropped that overlaps the one before it."""
    kept: list[Edit] = []
    for edit in sorted(set(edits)):
        if not kept or edit.span.start >= kept[-1].span.end:
            kept.append(edit)
    return tuple(kept)
