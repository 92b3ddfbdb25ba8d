"""String literals as embedded texts: each character of the string's value, and where it is written.

Nothing is evaluated: a field of an f-string is a hole. Literals whose value can't be told are left out (None).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from quickfix_ls.documents.embedded_view import Segment, SegmentKind, Writer
from quickfix_ls.values import Span

Formatting = Literal["", "format", "percent"]
"""How a literal is formatted later: by `str.format`, by `%`, or not at all."""

OPENING = re.compile(r"(?<!\w)(?P<prefix>[a-zA-Z]{0,2})(?P<quotes>\"\"\"|'''|\"|')")
_PREFIXES = frozenset({"", "r", "u", "f", "fr", "rf"})
_ESCAPE = re.compile(r"\\(?:\r\n|N\{[^{}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|.)", re.DOTALL)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "v": "\v",
           "\n": "", "\r": "", "\r\n": ""}  # fmt: skip
_PERCENT = re.compile(r"%(?:%|\([^()\s]*\)[-+ #0]*\d*(?:\.\d+)?[sdrifxaAbt]|[-+ #0]*\d*(?:\.\d+)?[sdrifxaA](?!\w))")
_TEMPLATE = re.compile(r"\{\{[^{}\\]*\w[^{}\\]*\}\}")
_IN_BODY = {
    (quotes, is_formatted): re.compile(rf"\\[\s\S]|{quotes}" + (r"|\{\{?" if is_formatted else ""))
    for quotes in ('"', "'", '"""', "'''")
    for is_formatted in (False, True)
}
_OPEN_NAMES = re.compile(r"\\(?:N(?!\{)|[xuU])")


class StringLiteral(NamedTuple):
    """A string literal: its `span`, and the span of its `body` between the quotes."""

    span: Span
    body: Span
    prefix: str
    quotes: str

    @property
    def is_raw(self) -> bool:
        return "r" in self.prefix

    @property
    def is_formatted(self) -> bool:
        """True for an f-string."""
        return "f" in self.prefix


def literal_at(text: str, start: int) -> StringLiteral | None:
    """Return the literal of a string that begins at an offset; None if there is none that is closed.

    Bytes and template strings are none.
    """
    found = OPENING.match(text, start)
    if found is None or found["prefix"].lower() not in _PREFIXES:
        return None
    quotes, prefix = found["quotes"], found["prefix"].lower()
    end = _end_of_body(text, found.end(), quotes, is_formatted="f" in prefix)
    if end is None:
        return None
    return StringLiteral(Span(start, end + len(quotes)), Span(found.end(), end), prefix, quotes)


def literal_end(text: str, start: int) -> int:
    """Return the offset at which the string literal of any kind that begins at `start` ends, or gives up: the end of
    its line, or of the text."""
    found = OPENING.match(text, start)
    if found is None:
        return start + 1
    end = _end_of_body(text, found.end(), found["quotes"], is_formatted="f" in found["prefix"].lower())
    if end is not None:
        return end + len(found["quotes"])
    return len(text) if len(found["quotes"]) == 3 else _line_end(text, found.end())


def segments_of(text: str, literal: StringLiteral, formatting: Formatting = "") -> tuple[Segment, ...] | None:
    """Return the segments of a literal's value; None if it can't be told which character is written where."""
    write = _writer(literal, formatting)
    pieces = []
    for start, end, kind, shown in _pieces(text, literal, formatting):
        if kind == "unknown":
            return None
        pieces.append(Segment(text[start:end] if shown is None else shown, Span(start, end), kind, write))
    return tuple(pieces)


Piece = tuple[int, int, "SegmentKind | Literal['unknown']", "str | None"]


def _pieces(text: str, literal: StringLiteral, formatting: Formatting) -> Iterator[Piece]:
    """Yield the pieces of a body: start, end, kind, and the text that is shown, None for the host's."""
    position, end, exact = literal.body.start, literal.body.end, literal.body.start
    special = _special(literal, formatting)
    while position < end:
        found = special.search(text, position, end)
        if found is None:
            break
        piece = _piece_at(text, found.start(), end, literal, formatting)
        if piece is None:
            position = found.end()
            continue
        if piece[0] > exact:
            yield exact, piece[0], "exact", None
        yield piece
        exact = position = piece[1]
    if exact < end:
        yield exact, end, "exact", None


def _special(literal: StringLiteral, formatting: Formatting) -> re.Pattern[str]:
    """Return the pattern of the characters of a body that are not shown as they are."""
    braces = "{}" if literal.is_formatted or formatting == "format" else "{"
    return re.compile(rf"[\\%{braces}]")


def _piece_at(text: str, start: int, end: int, literal: StringLiteral, formatting: Formatting) -> Piece | None:
    sign = text[start]
    if sign == "\\":
        return _escape_at(text, start, end, literal)
    if sign == "%":
        found = None if literal.is_formatted else _PERCENT.match(text, start, end)
        if found is None or (_is_in_quotes(text[literal.body.start : start]) and formatting != "percent"):
            return None
        if found.group() == "%%":
            return start, found.end(), "escape", "%"
        return start, found.end(), "field" if formatting == "percent" else "value", None
    if not literal.is_formatted and formatting != "format":
        return _template_at(text, start, end)
    if text.startswith(sign * 2, start) and start + 2 <= end:
        return start, start + 2, "escape", sign
    closing = _end_of_field(text, start, end, literal.quotes) if sign == "{" else None
    return (start, closing, "field", None) if closing is not None else (start, start + 1, "unknown", None)


def _template_at(text: str, start: int, end: int) -> Piece | None:
    """Return the piece of an expression of Jinja, which some functions render in a query."""
    if text.startswith("{%", start) and text.find("%}", start, end) > 0:
        return start, start + 1, "unknown", None
    found = _TEMPLATE.match(text, start, end)
    return (start, found.end(), "field", None) if found is not None else None


def _escape_at(text: str, start: int, end: int, literal: StringLiteral) -> Piece:
    if literal.is_raw:
        return start, min(start + 2, end), "escape", None
    found = _ESCAPE.match(text, start, end)
    if found is None or _OPEN_NAMES.fullmatch(found.group()):
        return start, start + 1, "unknown", None
    escape = found.group()
    shown = _decoded(escape)
    return start, found.end(), "unknown" if shown is None else "escape", shown


def _decoded(escape: str) -> str | None:
    """Return the text that an escape sequence stands for; None if it can't be told, or depends on what follows."""
    body = escape[1:]
    if body in _SIMPLE:
        return _SIMPLE[body]
    if body[0] in "xuU":
        return chr(int(body[1:], 16)) if int(body[1:], 16) < 0x110000 else None
    if body[0] in "01234567N":
        return None
    return escape


def _is_in_quotes(before: str) -> bool:
    """Return whether a place of a query is in a text of its own, by the quotes before it."""
    return before.count("'") % 2 == 1


# -- the end of a literal --------------------------------------------------------------------------------------


def _end_of_body(text: str, position: int, quotes: str, *, is_formatted: bool) -> int | None:
    """Return the offset of the closing quotes; None if there are none."""
    end = len(text) if len(quotes) == 3 else _line_end_of_string(text, position)
    special = _IN_BODY[quotes, is_formatted]
    while (found := special.search(text, position, end)) is not None:
        sign = found.group()
        if sign == quotes:
            return found.start()
        closing = _end_of_field(text, found.start(), end, quotes) if sign == "{" else None
        position = closing or found.end()
    return None


def _end_of_field(text: str, start: int, end: int, quotes: str) -> int | None:
    """Return the offset behind the field that begins at `start`; None if it is not closed before `end`."""
    depth, position = 0, start
    while position < end:
        sign = text[position]
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
            if not depth:
                return position + 1
        elif sign in "\"'":
            # Since Python 3.12 a field may have strings with the quotes around it; before, these end the literal.
            closing = text.find(sign, position + 1, end)
            if (text.startswith(quotes, position) and len(quotes) == 3) or closing < 0:
                return None
            position = closing
        position += 1
    return None


def _line_end_of_string(text: str, position: int) -> int:
    """Return the end of the line, or of the last of the lines that backslashes join."""
    end = _line_end(text, position)
    while end < len(text) and (end - len(text[position:end].rstrip("\\")) - position) % 2 == 1:
        end = _line_end(text, end + (2 if text.startswith("\r\n", end) else 1))
    return end


def _line_end(text: str, position: int) -> int:
    found = re.compile(r"[\r\n]").search(text, position)
    return found.start() if found else len(text)


# -- writing ---------------------------------------------------------------------------------------------------


def _writer(literal: StringLiteral, formatting: Formatting) -> Writer:
    quote, is_long, is_raw = literal.quotes[0], len(literal.quotes) == 3, literal.is_raw
    doubled: tuple[str, ...] = ("{", "}") if literal.is_formatted or formatting == "format" else ()
    doubled += ("%",) if formatting == "percent" else ()

    def write(text: str, before: str, after: str) -> str | None:
        if not is_long and ("\n" in text or "\r" in text):
            return None
        if any(not sign.isprintable() and sign not in "\n\r\t" for sign in text):
            return None
        if not is_raw:
            text = text.replace("\\", "\\\\")
        elif "\\" in text:
            return None
        for sign in doubled:
            text = text.replace(sign, sign * 2)
        closes = quote in text if not is_long else quote * 3 in before + text + after
        if closes and not is_raw:
            text = text.replace(quote, "\\" + quote)
            closes = not text
        return None if closes else text

    return write
