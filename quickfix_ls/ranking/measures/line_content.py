"""Collect the content of lines (runs of tokens, strings, names, operands), of some lines and of a region's others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quickfix_ls.lexing.tokens import Token

Gram = tuple[str, ...]

_LENGTH = 3


@dataclass(frozen=True, slots=True)
class LineContent:
    """The content of some lines: their runs of three tokens, strings, names, and the number of names and literals."""

    runs: set[Gram]
    strings: set[str]
    names: set[str]
    operands: int

    @classmethod
    def by(cls, tokens: Sequence[Token]) -> LineContent:
        strings = {token.text for token in tokens if token.kind == "string"}
        return cls(_grams(tokens), strings, _names(tokens), sum(map(_is_operand, tokens)))


class Elsewhere:
    """The content of a region inside and outside of given lines, cached for all changes of the same lines."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._known: dict[tuple[int, int], tuple[LineContent, LineContent]] = {}

    def of(self, start: int, lines: Sequence[Token]) -> tuple[LineContent, LineContent]:
        """Return the content of the lines whose tokens begin at the offset `start`, and that of the region's others."""
        end = lines[-1].end if lines else start
        known = self._known.get((start, end))
        if known is None:
            before = LineContent.by([token for token in self._tokens if token.start < start])
            after = LineContent.by([token for token in self._tokens if token.start >= end])
            others = LineContent(
                before.runs | after.runs, before.strings | after.strings, before.names | after.names, 0
            )
            known = self._known[start, end] = LineContent.by(lines), others
        return known


def _grams(tokens: Sequence[Token]) -> set[Gram]:
    words = ["\n", *("\n" if t.kind == "newline" else t.text for t in tokens if t.kind != "comment"), "\n"]
    return set(zip(*(words[start:] for start in range(_LENGTH)), strict=False))


def _names(tokens: Sequence[Token]) -> set[str]:
    """Return the names without attributes."""
    return {t.text for i, t in enumerate(tokens) if t.kind == "name" and not (i and tokens[i - 1].text == ".")}


def _is_operand(token: Token) -> bool:
    return token.kind in ("name", "number", "string")
