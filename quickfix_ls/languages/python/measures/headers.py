"""Features of the changed lines: whether they are complete headers of compound statements, and use known names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quickfix_ls.languages.python.facts import binds
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.ranking.measures import Changed

_HEADERS = frozenset(
    ("if", "elif", "else", "for", "while", "def", "class", "with", "try", "except", "finally", "async")
)


def header_measures(changed: Changed) -> dict[str, float]:
    """Return the features `headers` and `fresh_names`."""
    old, new, others = changed.line_contents
    fresh = new.names - old.names - others.names
    return {
        "headers": _headers(changed.run.after),
        "fresh_names": sum(not binds(changed.change.index, name) for name in fresh),
    }


def _headers(tokens: Sequence[Token]) -> float:
    """Return the number of lines that begin like a header and have a colon, minus those with only one of the two."""
    total = 0.0
    for line in _lines(tokens):
        is_header, ends = line[0].text in _HEADERS, line[-1].text == ":"
        has_colon = ends or (line[0].text != "else" and any(token.text == ":" for token in line))
        total += 1 if is_header and has_colon else -1 if is_header or ends else 0
    return total


def _lines(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for token in tokens:
        if token.kind == "newline":
            if line:
                yield line
            line = []
        elif token.kind != "comment":
            line.append(token)
    if line:
        yield line
