"""Features of the strings in changed lines: a quote that closes at the wrong place usually leaves a lone quote or
bracket inside of a string."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.languages.python.lexer import OPENERS
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.ranking.measures import Changed

_KINDS = frozenset(("string", "badstring", "comment"))


def string_measures(changed: Changed) -> dict[str, float]:
    """Return the features of the strings and comments before and after a change."""
    before = [token for token in changed.run.before if token.kind in _KINDS]
    after = [token for token in changed.run.after if token.kind in _KINDS]
    return {
        "odd_strings": sum(map(_is_odd, after)),
        "odd_strings_before": sum(map(_is_odd, before)),
        "edge_quotes": sum(map(_has_edge_quote, after)),
        "usual_quotes": _usual_quotes(changed, before, after),
        "string_chars": sum(len(token.text) for token in after) - sum(len(token.text) for token in before),
    }


def _body(token: Token) -> str:
    return token.text.lstrip("rRbBuUfFtT")[1:-1]


def _is_odd(token: Token) -> bool:
    if token.kind == "comment":
        return False
    body = _body(token)
    return any(body.count(quote) % 2 for quote in "\"'") or any(
        body.count(opener) != body.count(closer) for opener, closer in OPENERS.items()
    )


def _has_edge_quote(token: Token) -> bool:
    body = _body(token)
    return token.kind == "string" and any(
        body.count(quote) % 2 and (body.startswith(quote) or body.endswith(quote)) for quote in "\"'"
    )


def _usual_quotes(changed: Changed, before: Sequence[Token], after: Sequence[Token]) -> float:
    """Return the share of the region's strings that have the same quotes as the first string that the change adds; 1 if
    it adds none."""
    known = {token.text for token in before}
    made = next((token for token in after if token.kind == "string" and token.text not in known), None)
    if made is None:
        return 1.0
    quotes = [_quote(token) for token in changed.group.context.tokens if token.kind == "string"]
    return (quotes.count(_quote(made)) + 1) / (len(quotes) + 2)


def _quote(token: Token) -> str:
    return token.text.lstrip("rRbBuUfFtT")[:1]
