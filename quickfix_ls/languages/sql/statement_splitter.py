"""Split SQL into statements, the units of a file.

A statement ends with its semicolon and the rest of that line, if nothing but a comment follows there. The body of a
trigger or a procedure (`BEGIN ... END`) belongs to the statement that creates it. A line `GO` ends a batch.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from quickfix_ls.index.seams import Seams
from quickfix_ls.index.syntax import Stack, UnitStart
from quickfix_ls.languages.sql.lexer import lexed
from quickfix_ls.lexing.tokens import Token

_HAS_BODY = re.compile(r"create\b.*?\b(?:trigger|procedure|function|package)\b", re.IGNORECASE | re.DOTALL)
_REST_OF_LINE = re.compile(r"[ \t\f]*(?:--[^\r\n]*)?(?:\r\n|\n|\r|\Z)")
_MAY_OPEN = frozenset({"$", "delimiter", "stdin"})
"""Tokens of what has no end yet: a string in dollars, MySQL's procedures, copied rows."""
_BATCH = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)")


class StatementStarts:
    """The starts of the statements of a text, from the statement start `start` on."""

    def __init__(self, text: str, start: int, stack: Stack, seams: Seams) -> None:
        self._text, self._start, self._seams = text, start, seams
        self.open_string = False

    def __iter__(self) -> Iterator[UnitStart]:
        text, start = self._text, self._start
        if start < len(text) or not text:
            yield UnitStart(start, ())
        while start < len(text):
            seam = next(iter(self._seams[bisect_right(self._seams, start) :]), len(text))
            start = self._end_of_statement(start, seam)
            if start < len(text):
                yield UnitStart(start, ())

    def _end_of_statement(self, start: int, seam: int) -> int:
        """Return the end of the statement that begins at `start`; it does not reach beyond the seam."""
        depth = 0
        before: Token | None = None
        for token in lexed(self._text, start):
            if token.start >= seam:
                break
            word = token.text.lower()
            self.open_string = self.open_string or token.kind == "badstring" or word in _MAY_OPEN
            if word == "begin" and depth == 0 and before is not None and self._has_body(start, token.start):
                depth = 1
            elif depth and word in ("case", "begin", "if", "loop") and (before is None or before.text.lower() != "end"):
                depth += 1
            elif depth and word == "end":
                depth -= 1
            elif token.text == ";" and not depth:
                rest = _REST_OF_LINE.match(self._text, token.end)
                return min(seam, rest.end() if rest else token.end)
            elif (token.kind == "comment" and word.startswith("stdin")) or (word == "go" and self._is_batch(token)):
                rest = _BATCH.match(self._text, token.end)
                return min(seam, rest.end() if rest else token.end)
            if token.kind not in ("comment", "newline"):
                before = token
        return seam

    def _has_body(self, start: int, end: int) -> bool:
        return _HAS_BODY.search(self._text, start, end) is not None

    def _is_batch(self, token: Token) -> bool:
        line = self._text.rfind("\n", 0, token.start) + 1
        return not self._text[line : token.start].strip() and _BATCH.match(self._text, token.end) is not None
