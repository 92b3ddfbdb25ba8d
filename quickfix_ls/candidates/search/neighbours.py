"""Rule out token edits that put tokens next to each other that are never adjacent in a valid program."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token

Roles = tuple[str, ...]
"""The possible roles of a neighbour. If it is a line end, the role of the token beyond it counts as well, since
unmatched brackets leave open which line ends are significant."""


class Neighbours:
    """The roles of the neighbours at each gap between tokens.

    `before[i]` and `behind[i]` are those on either side of the gap in front of token i; the last gap is at the end.
    """

    def __init__(self, tokens: Sequence[Token], lexis: Lexis) -> None:
        self._lexis = lexis
        self._roles = [lexis.role_of(token) for token in tokens]
        self.before = _sweep(tokens, self._roles, lexis.line_end)
        self.behind = _sweep(tokens[::-1], self._roles[::-1], lexis.line_end)[::-1]

    def fitting(self, first: int, last: int, news: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of `news` that may replace the tokens [first, last)."""
        return _fitting(self._lexis, news, self.before[first], self.behind[last])

    def is_closed(self, first: int, last: int) -> bool:
        """Return whether the tokens [first, last) may be deleted."""
        return _meet(self._lexis, self.before[first], self.behind[last])

    def is_swapped(self, first: int) -> bool:
        """Return whether the tokens `first` and `first + 1` may be swapped."""
        left, right, lexis = (self._roles[first + 1],), (self._roles[first],), self._lexis
        around = _meet(lexis, self.before[first], left) and _meet(lexis, right, self.behind[first + 2])
        return around and _meet(lexis, left, right)


def _sweep(tokens: Sequence[Token], roles: Sequence[str], line_end: str) -> list[Roles]:
    """Return, for each gap, the roles of the token before it in the order of the sequence."""
    found: list[Roles] = [(line_end,)]
    seen, beyond = line_end, line_end
    for token, role in zip(tokens, roles, strict=True):
        if token.kind != "comment":
            seen = role
            if role != line_end:
                beyond = role
        found.append((seen,) if seen == beyond else (seen, beyond))
    return found


@lru_cache(maxsize=8192)
def _fitting(lexis: Lexis, news: tuple[str, ...], before: Roles, behind: Roles) -> tuple[str, ...]:
    roles = ((new, (lexis.role_of_text(new),)) for new in news)
    return tuple(new for new, role in roles if _meet(lexis, before, role) and _meet(lexis, role, behind))


def _meet(lexis: Lexis, lefts: Roles, rights: Roles) -> bool:
    return any(lexis.is_adjacent(left, right) for left, right in product(lefts, rights))
