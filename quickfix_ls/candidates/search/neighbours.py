"""Which tokens fit between their neighbours: most that could be put somewhere can't stand there, in no program."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token

Roles = tuple[str, ...]
"""The roles that a neighbour may have: beside a line end, that of the token beyond it too, since in a text with
brackets that don't match nobody knows which line ends count."""


class Neighbours:
    """What stands before and behind each place of a text. `before[i]` and `behind[i]` are about the place in front of
    token i; the last place is the end."""

    def __init__(self, tokens: Sequence[Token], lexis: Lexis) -> None:
        self._lexis = lexis
        self._roles = [lexis.role_of(token) for token in tokens]
        self.before = _sweep(tokens, self._roles, lexis.line_end)
        self.behind = _sweep(tokens[::-1], self._roles[::-1], lexis.line_end)[::-1]

    def fitting(self, first: int, last: int, news: tuple[str, ...]) -> tuple[str, ...]:
        """Those of `news` that may stand in the place of tokens [first, last)."""
        return _fitting(self._lexis, news, self.before[first], self.behind[last])

    def is_closed(self, first: int, last: int) -> bool:
        """Whether tokens [first, last) may go without anything in their place."""
        return _meet(self._lexis, self.before[first], self.behind[last])

    def is_swapped(self, first: int) -> bool:
        """Whether tokens first and first + 1 may change places."""
        left, right, lexis = (self._roles[first + 1],), (self._roles[first],), self._lexis
        around = _meet(lexis, self.before[first], left) and _meet(lexis, right, self.behind[first + 2])
        return around and _meet(lexis, left, right)


def _sweep(tokens: Sequence[Token], roles: Sequence[str], line_end: str) -> list[Roles]:
    """For each place the roles of what was passed last."""
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
