"""The items between the brackets of correct code, for errors that change what stands between them. Holds no error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.lexing.tokens import Token


def bracketed(code: Code, kinds: str = "([{") -> list[tuple[int, int]]:
    """Return the pairs of brackets of some kinds, as token indices, those that are not empty."""
    return [pair for pair in code.pairs() if code.tokens[pair[0]].text in kinds and pair[1] > pair[0] + 1]


def items_in(code: Code, opener: int, closer: int) -> list[int]:
    """Return the indices of the tokens between two brackets, without those inside of inner brackets."""
    found, depth = [], 0
    for index in range(opener + 1, closer):
        text = code.tokens[index].text
        depth -= text in CLOSERS
        if depth == 0:
            found.append(index)
        depth += text in OPENERS
    return found


def commas_in(code: Code, opener: int, closer: int) -> list[int]:
    """Return the commas between the items of a pair of brackets; empty if it holds a comprehension or a lambda.

    Without a comma, what is behind it must begin another operand: no bracket that could call or index, no operator.
    """
    items = items_in(code, opener, closer)
    texts = {code.tokens[index].text for index in items}
    if texts & {"for", "lambda"} or (opener and code.tokens[opener - 1].text in ("class", "print")):
        return []
    return [index for index in items if code.tokens[index].text == "," and _parts(code.tokens, index)]


def pieces_of(code: Code, opener: int, closer: int) -> list[tuple[int, int]]:
    """Return the items between two brackets as token ranges, without the line ends at their edges."""
    pieces, start = [], opener + 1
    commas = [index for index in items_in(code, opener, closer) if code.tokens[index].text == ","]
    for end in (*commas, closer):
        first, last = start, end
        while first < last and code.tokens[first].kind == "newline":
            first += 1
        while first < last and code.tokens[last - 1].kind == "newline":
            last -= 1
        if first < last:
            pieces.append((first, last))
        start = end + 1
    return pieces


def text_of(code: Code, piece: tuple[int, int]) -> str:
    """Return the source text of a token range."""
    return code.text[code.tokens[piece[0]].start : code.tokens[piece[1] - 1].end]


def is_call(code: Code, opener: int) -> bool:
    """Return whether a parenthesis is that of a call, rather than that of a definition or of a group."""
    before = code.tokens[opener - 1] if opener else None
    if before is None or code.tokens[opener].text != "(" or (before.kind != "name" and before.text not in (")", "]")):
        return False
    return opener < 2 or code.tokens[opener - 2].text not in ("def", "class")


def ends_line(code: Code, index: int) -> bool:
    """Return whether a token is the last one of its line."""
    return index + 1 >= len(code.tokens) or code.tokens[index + 1].kind == "newline"


def edited(code: Code, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return the source text with `new` in place of the tokens [first, last), for each edit (first, last, new)."""
    text = code.text
    for first, last, new in sorted(edits, reverse=True):
        start, end = code.tokens[first].start, code.tokens[last - 1].end
        text = text[:start] + new + text[end:]
    return text


def some_of(rng: Random, row: Sequence[int]) -> list[int]:
    """Return one of the places, several, or all."""
    if len(row) == 1 or rng.random() < 0.5:
        return [rng.choice(row)]
    return list(row) if rng.random() < 0.5 else sorted(rng.sample(list(row), rng.randint(2, len(row))))


def _parts(tokens: Sequence[Token], comma: int) -> bool:
    left = tokens[comma - 1]
    right = next((token for token in tokens[comma + 1 :] if token.kind != "newline"), None)
    if right is None or right.text in CLOSERS or right.text in ("(", "[", "*", "**", "-", "/"):
        return False
    return not (left.kind == right.kind == "string") and left.text not in ("*", "/")
