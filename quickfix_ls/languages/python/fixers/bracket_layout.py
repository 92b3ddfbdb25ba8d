"""Where the indentation of a statement shows that its brackets end: closing brackets that are missing, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from quickfix_ls.languages.python.half_typed import stands_alone
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.languages.python.statement_lines import begins_statement
from quickfix_ls.lexing.layout import Line
from quickfix_ls.lexing.tokens import Token

_COMMA = ","


@dataclass(frozen=True, slots=True)
class Missing:
    """Closing brackets that are missing at an offset, with a comma or a line of their own where these are usual."""

    offset: int
    text: str


@dataclass(slots=True)
class _Open:
    """An open bracket: its token, the indentation of its line, and whether it is the last token of that line."""

    closer: str
    indent: int
    column: int
    hangs: bool


@dataclass(slots=True)
class _Reader:
    """Reads the lines of a statement and keeps its open brackets; `missing` is what the lines so far lack."""

    tokens: Sequence[Token]
    lines: Sequence[Line]
    first: int
    stack: list[_Open] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)

    def read(self) -> list[Missing] | None:
        for number in range(self.first, len(self.lines)):
            line = self.lines[number]
            if number > self.first:
                if not self.stack:
                    break
                self._end_before(number)
                if not self.stack:
                    break
            if not self._take(line):
                return None
        if self.stack:
            self._close(len(self.stack), len(self.lines), None)
        return self.missing

    def _end_before(self, number: int) -> None:
        """Close the brackets that end before a line."""
        line = self.lines[number]
        head = self.tokens[line.first]
        if head.text in CLOSERS:
            count = self._ended_by_closer(head.text, line.indent)
        else:
            count = self._ended_by_indent(line.indent)
        if count:
            self._close(count, number, head)

    def _ended_by_indent(self, indent: int) -> int:
        """Return how many brackets end before a line with an indentation: all in which it is no continuation."""
        count = 0
        for bracket in reversed(self.stack):
            if indent > bracket.indent:
                break
            count += 1
        return count

    def _ended_by_closer(self, text: str, indent: int) -> int:
        """Return how many brackets end before a line that begins with a closing bracket: those above its partner.

        Its partner is a bracket of its kind, the nearest one whose line has its indentation, else the nearest one.
        """
        partners = [at for at, bracket in enumerate(reversed(self.stack)) if bracket.closer == text]
        if not partners:
            return 0
        level = [at for at in partners if self.stack[-1 - at].indent == indent]
        if level and partners[0] != level[0] and indent < self.stack[-1 - partners[0]].indent:
            return level[0]
        return partners[0]

    def _close(self, count: int, number: int, head: Token | None) -> None:
        """Close the last `count` brackets before a line whose first token is `head`; None: at the end."""
        before = self.lines[number - 1]
        last = self.tokens[before.last - 1]
        has_comma = last.text == _COMMA
        end = self.tokens[before.last - 2].end if has_comma else last.end
        inline, own = "", ""
        indent = -1
        for bracket in (self.stack.pop() for _ in range(count)):
            if own and bracket.indent == indent:
                own += bracket.closer
            elif bracket.hangs and (inline or last.text not in OPENERS or not self._is_statement(number)):
                own += (_COMMA if own else "") + "\n" + " " * bracket.indent + bracket.closer
                indent = bracket.indent
            elif own:
                own += bracket.closer
            else:
                inline += bracket.closer
        goes_on = bool(self.stack) and head is not None
        is_last = head is not None and head.text in CLOSERS
        separated = goes_on and (not is_last or has_comma or self._ends_with_comma())
        if own:
            if inline:
                self.missing.append(Missing(end, inline))
            self.missing.append(Missing(last.end, own + (_COMMA if separated else "")))
        elif has_comma and not goes_on:
            self.missing.append(Missing(last.end if not inline else end, inline))
        else:
            self.missing.append(Missing(end, inline + (_COMMA if separated and not has_comma else "")))

    def _is_statement(self, number: int) -> bool:
        """Return whether a line is a statement that can hardly be in the brackets that are open before it."""
        if number >= len(self.lines):
            return False
        line = self.lines[number]
        return begins_statement(self.tokens, line) or stands_alone(self.tokens[line.first : line.last])

    def _ends_with_comma(self) -> bool:
        """Return whether most brackets of the text that are closed on a line of their own have a comma before that."""
        before = [
            self.tokens[above.last - 1].text
            for above, line in pairwise(self.lines)
            if self.tokens[line.first].text in CLOSERS
        ]
        others = [text for text in before if text not in OPENERS]
        return 2 * others.count(_COMMA) > len(others)

    def _take(self, line: Line) -> bool:
        """Read the tokens of a line; return whether its brackets match."""
        for index in range(line.first, line.last):
            token = self.tokens[index]
            if token.text in OPENERS and token.kind == "op":
                hangs = index == line.last - 1
                self.stack.append(_Open(OPENERS[token.text], line.indent, token.start - line.start, hangs))
            elif token.text in CLOSERS and token.kind == "op":
                if not self.stack or self.stack[-1].closer != token.text:
                    return False
                self.stack.pop()
        return True


def missing_closers(tokens: Sequence[Token], lines: Sequence[Line], first: int) -> list[Missing]:
    """Return the closing brackets that the statement lacks that begins at line `first`, where its indentation shows
    their places; empty if it lacks none, or if its brackets don't match otherwise."""
    return _Reader(tokens, lines, first).read() or []
