"""The places of calls of a function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Span

_COMPARISONS = frozenset({"=", "<", ">", "<=", ">=", "<>", "!=", "between", "in"})


def calls_of(tokens: Sequence[Token], name: str) -> Iterator[Span]:
    """Yield the span of each outermost call of a function, from its name to its closing bracket."""
    code = [token for token in tokens if token.kind not in ("comment", "newline")]
    end = -1
    for at, token in enumerate(code):
        is_called = at + 1 < len(code) and code[at + 1].text == "("
        if token.start >= end and is_called and token.text.lower() == name.lower():
            closing = _closing(code, at + 1)
            if closing is not None:
                end = closing.end
                yield Span(token.start, closing.end)


def is_compared_as_number(tokens: Sequence[Token], call: Span) -> bool:
    """Return whether the value of a call is compared with something else than a text in quotes, so that it has to be a
    number; in arithmetic it becomes one by itself."""
    before = [token for token in tokens if token.kind not in ("comment", "newline") and token.end <= call.start][-2:]
    after = [token for token in tokens if token.kind not in ("comment", "newline") and token.start >= call.end][:2]
    if len(after) == 2 and after[0].text.lower() in _COMPARISONS:
        return after[1].kind != "string"
    return len(before) == 2 and before[1].text.lower() in _COMPARISONS and before[0].kind != "string"


def _closing(tokens: Sequence[Token], opening: int) -> Token | None:
    depth = 0
    for token in tokens[opening:]:
        depth += (token.text == "(") - (token.text == ")")
        if not depth:
            return token
    return None
