"""Comments of other languages in Python code: `//`, `--`, `/* … */`, `<!-- … -->`, and lines that begin with `;`, `%`
or `REM`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from quickfix_ls.languages.python.lexer import KEYWORDS
from quickfix_ls.languages.python.quiet_parse import is_expression

_SKIP = r"\"\"\".*?\"\"\"|'''.*?'''|(?<!\w)[rRbBuUfF]{0,2}(?:\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*')|\#[^\r\n]*"
_PLACES = re.compile(
    rf"(?P<skip>{_SKIP})|(?P<block>/\*.*?\*/|<!--.*?-->)|(?P<line>(?<![:/\w])/{{2,}}!?|(?<=[\w)\]])/{{2,}}!?(?=[ \t])"
    rf"|(?<=[\w)\]}}\"':,] )--(?=[ \t]))"
    r"|^[ \t]*(?P<sign>--(?=[ \t])|;+(?=[ \t])|%+(?=[ \t])|(?:REM|rem)(?=[ \t]))",
    re.DOTALL | re.MULTILINE,
)
_TWO_WORDS = re.compile(r"([^\W\d]\w*)[ \t]+(?=([^\W\d]\w*))")
_ENDS_CODE = (",", ";", ":", "{", "}", "(", "[")


class ForeignComment(NamedTuple):
    """A comment: the (start, end) offsets of its sign, and the end of the comment; `is_block` if a second sign ends
    it."""

    start: int
    sign_end: int
    end: int
    is_block: bool


@lru_cache(maxsize=16)
def foreign_comments(text: str) -> tuple[ForeignComment, ...]:
    """Return the comments of other languages in a text."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[ForeignComment]:
    at = 0
    while place := _PLACES.search(text, at):
        at = place.end()
        kind = place.lastgroup
        if kind == "block":
            yield ForeignComment(place.start(), place.start() + 2, place.end(), True)
        elif kind in ("line", "sign"):
            start, end = place.span(kind)
            line_end = text.find("\n", end)
            line_end = line_end if line_end >= 0 else len(text)
            head, rest = text[text.rfind("\n", 0, start) + 1 : start], text[end:line_end].rstrip("\r")
            if _is_comment(head.strip(), rest.strip(), kind == "line"):
                yield ForeignComment(start, end, line_end, False)
                at = line_end


def _is_comment(head: str, rest: str, is_slashes: bool) -> bool:
    """Return whether text behind a sign is a comment: it is no operand of an operation with what is in front of it."""
    if not head:
        return is_slashes or not _is_operand(rest)
    if head.endswith(_ENDS_CODE):
        return True
    if not is_slashes or _is_operand(rest.rstrip(",;:)]}")):
        return False
    words = _TWO_WORDS.findall(rest)
    return "'" in rest or any(first not in KEYWORDS and second not in KEYWORDS for first, second in words)


def _is_operand(text: str) -> bool:
    return is_expression(f"(_ // {text})")
