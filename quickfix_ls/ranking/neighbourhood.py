"""The measurements of how a change fits what stands around it: the tokens next to it, its lines, the region's other
lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from quickfix_ls.context import Context
from quickfix_ls.languages.python.tokens import Token, lex
from quickfix_ls.validation.change import Change

Gram = tuple[str, ...]

_HEADERS = frozenset(
    ("if", "elif", "else", "for", "while", "def", "class", "with", "try", "except", "finally", "async")
)
_LENGTH = 3


def place_measures(context: Context, change: Change) -> dict[str, str | float]:
    """What stands around the first and the last edit; texts are categories."""
    edits, start = change.inside or change.candidate.edits, change.before.start
    length = len(change.before.text)
    first = min(max(edits[0].span.start - start, 0), length)
    last = min(max(edits[-1].span.end - start, 0), length)
    tokens, problem = context.tokens, context.problem.span
    at = bisect_left(tokens, first + 1, key=lambda token: token.end)
    behind = bisect_left(tokens, last, key=lambda token: token.start)
    head, tail = _line(tokens, at)
    return {
        "before2": token_class(tokens, at - 2),
        "after2": token_class(tokens, behind + 1),
        "line_head": token_class(tokens, head),
        "line_tail": token_class(tokens, tail - 1),
        "problem_token": token_class(tokens, context.at),
        "tokens_from_end": at - context.at_end,
        "at_start": float(edits[0].span.start == problem.start),
        "at_end": float(edits[0].span.start == problem.end),
    }


def token_class(tokens: Sequence[Token], index: int) -> str:
    """A sign or a keyword as it is, else the token's kind; empty outside of the text."""
    if not 0 <= index < len(tokens):
        return ""
    token = tokens[index]
    return token.text if token.kind in ("op", "keyword") else token.kind


def _line(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The tokens [first, last) of the line that holds one, without a comment at its end."""
    first = last = min(at, len(tokens))
    while first and tokens[first - 1].kind != "newline":
        first -= 1
    while last < len(tokens) and tokens[last].kind != "newline":
        last += 1
    return first, last - 1 if last > first and tokens[last - 1].kind == "comment" else last


class Elsewhere:
    """What a region says outside of the lines that a change touches: the same for all changes of the same lines."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._known: dict[tuple[int, int], tuple[set[Gram], set[str], set[str]]] = {}

    def of(self, first: int, last: int) -> tuple[set[Gram], set[str], set[str]]:
        """Runs of three tokens, strings, and names, outside of the offsets [first, last)."""
        known = self._known.get((first, last))
        if known is None:
            before = [token for token in self._tokens if token.start < first]
            after = [token for token in self._tokens if token.start >= last]
            strings = {token.text for token in (*before, *after) if token.kind == "string"}
            names = _names(before) | _names(after)
            known = self._known[first, last] = (_grams(before) | _grams(after), strings, names)
        return known


def line_measures(change: Change, elsewhere: Elsewhere) -> dict[str, float]:
    """What becomes of the lines that the change touches, and whether the region says the same elsewhere."""
    first, last = change.touched
    shift = len(change.after.text) - len(change.before.text)
    old = lex(change.before.text[first:last])
    new = lex(change.after.text[first : last + shift])
    runs, strings, names = elsewhere.of(first, last)
    gone, come = _grams(old), _grams(new)
    gone, come = gone - come, come - gone
    return {
        "echo": _share(come, runs) - _share(gone, runs),
        "echo_after": _share(come, runs),
        "headers": _headers(new),
        "known_strings": _known_strings(old, new, strings),
        "fresh_names": len({name for name in _names(new) - _names(old) - names if not change.analysis.binds(name)}),
        "operands_removed": sum(map(_is_operand, old)) - sum(map(_is_operand, new)),
    }


def _grams(tokens: Sequence[Token]) -> set[Gram]:
    words = ["\n", *("\n" if t.kind == "newline" else t.text for t in tokens if t.kind != "comment"), "\n"]
    return {tuple(words[i : i + _LENGTH]) for i in range(len(words) - _LENGTH + 1)}


def _share(some: Collection[Gram], among: set[Gram]) -> float:
    return sum(one in among for one in some) / len(some) if some else 0.0


def _headers(tokens: Sequence[Token]) -> float:
    """The lines that begin like a header and have a colon, less those that do one of the two without the other."""
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


def _known_strings(old: Sequence[Token], new: Sequence[Token], known: set[str]) -> float:
    """The strings that a change makes and that stand elsewhere too, less those that don't."""
    had = {token.text for token in old}
    made = [token.text for token in new if token.kind == "string" and token.text not in had]
    return sum(1.0 if text in known else -1.0 for text in made)


def _names(tokens: Sequence[Token]) -> set[str]:
    """Names, but for attributes."""
    return {t.text for i, t in enumerate(tokens) if t.kind == "name" and not (i and tokens[i - 1].text == ".")}


def _is_operand(token: Token) -> bool:
    return token.kind in ("name", "number", "string")
