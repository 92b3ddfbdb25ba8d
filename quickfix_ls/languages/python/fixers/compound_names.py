"""Names of several words, with spaces or dashes between them, at places where only a name can stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.enclosing import in_brackets, logical_last
from quickfix_ls.languages.python.fixers.other_languages.remove_declaration import FOREIGN
from quickfix_ls.languages.python.fixers.statements import find_top, split_top
from quickfix_ls.lexing.tokens import Token

_ASSIGNS = frozenset({"=", "+=", "-=", "*=", "/=", ":="})
_NO_NAMES = frozenset(
    ["print", "return", "del", "raise", "assert", "yield", "await", "global", "nonlocal", "import", "from", "if",
     "elif", "while", "for", "with", "not", "lambda", "async", "def", "class", "type", "match", "case", "exec", "else",
     "public", "private", "static", "final", "function", "func"]
)  # fmt: skip
_MAX_WORDS = 7


def compound_names(context: Context, index: int) -> Iterator[tuple[int, int]]:
    """Yield the token ranges [first, last) of the names of several words that the line at an index binds."""
    if in_brackets(context, index):
        return
    tokens = context.tokens
    first, last = context.lines[index].first, logical_last(context, index)
    for start, end in _places(context, first, last):
        if is_compound(tokens, start, end):
            yield start, end


def is_compound(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Return whether tokens are words with spaces or with dashes between all of them, and make one identifier."""
    words = tokens[first:last]
    if not 2 <= len(words) <= 2 * _MAX_WORDS or words[0].text in _NO_NAMES | FOREIGN:
        return False
    dashes = [at for at, token in enumerate(words) if token.text == "-"]
    if dashes:
        if dashes != list(range(1, len(words), 2)) or len(words) % 2 == 0:
            return False
        words = words[::2]
    if words[0].kind == "keyword" and (dashes or words[0].text not in ("is", "in", "not")):
        return False
    rest = all(word.kind in ("name", "keyword") or word.text.isdecimal() for word in words[1:])
    return words[0].kind in ("name", "keyword") and rest and joined(tokens, first, last).isidentifier()


def joined(tokens: Sequence[Token], first: int, last: int, *, is_class: bool = False) -> str:
    """Return the words of a compound name as one name: joined by `_`, or without it for a class in capitals."""
    words = [token.text for token in tokens[first:last] if token.text != "-"]
    return ("" if is_class and all(word[:1].isupper() for word in words) else "_").join(words)


def occurrences(tokens: Sequence[Token], words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the token ranges at which the words of a compound name stand, as close to each other as in the name."""
    texts = [word.text for word in words]
    tight = [left.end == right.start for left, right in pairwise(words)]
    index = 0
    while texts and index + len(texts) <= len(tokens):
        run = tokens[index : index + len(texts)]
        if run[0].text == texts[0] and [token.text for token in run] == texts:
            spacing = [left.end == right.start for left, right in pairwise(run)]
            if spacing == tight or not any(tight):
                yield index, index + len(texts)
                index += len(texts)
                continue
        index += 1


def _places(context: Context, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the token ranges of a statement in which only a name can stand."""
    tokens = context.tokens
    word = tokens[first].text
    if word in ("def", "class") or [t.text for t in tokens[first : first + 2]] == ["async", "def"]:
        start = first + (2 if word == "async" else 1)
        end = find_top(tokens, start, last, ("(", ":", "[")) or last
        yield start, end
        closer = context.brackets.partner.get(end) if end < last and tokens[end].text == "(" else None
        if closer is not None and word != "class":
            for piece in split_top(tokens, end + 1, closer):
                yield _trimmed(tokens, *piece)
        return
    if word == "for":
        end = find_top(tokens, first, last, ("in",)) or first
        yield from split_top(tokens, first + 1, end) if end > first else ()
    elif word in ("with", "except"):
        for at in range(first, last - 1):
            if tokens[at].text == "as":
                yield at + 1, find_top(tokens, at + 1, last, (",", ":", ")")) or last
    elif word in ("import", "from"):
        yield from _imported(tokens, first, last)
    else:
        equals = find_top(tokens, first, last, _ASSIGNS)
        if equals is not None:
            for start, end in split_top(tokens, first, equals):
                yield _after_dot(tokens, start, end), end
    yield from _arguments(context, first, last)


def _imported(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the modules and names of an import; words with spaces between them may lack a comma or an `as`."""
    at = find_top(tokens, first + 1, last, ("import",))
    starts = [first + 1] if at is None else [first + 1, at + 1]
    for start, end in zip(starts, [at or last, last], strict=False):
        for piece in split_top(tokens, start, end):
            stop = find_top(tokens, *piece, ("as",)) or piece[1]
            begin = _after_dot(tokens, piece[0], stop)
            is_dashed = any(token.text == "-" for token in tokens[begin:stop])
            if is_dashed or len(list(occurrences(tokens, tokens[begin:stop]))) > 1:
                yield begin, stop


def _arguments(context: Context, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the names of keyword arguments, with what stands between them and the comma or bracket before."""
    tokens = context.tokens
    for at in range(first + 2, last):
        if tokens[at].text == "=" and tokens[at - 1].kind in ("name", "number"):
            start = at - 1
            while start > first and (tokens[start - 1].kind in ("name", "number") or tokens[start - 1].text == "-"):
                start -= 1
            if tokens[start - 1].text in ("(", ","):
                yield start, at


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Return the range of a parameter's name: without stars, annotation and default."""
    while first < last and (tokens[first].text in ("*", "**") or tokens[first].kind in ("newline", "comment")):
        first += 1
    return first, find_top(tokens, first, last, ("=", ":")) or last


def _after_dot(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return the index after the last dot of a range; its start if it has none."""
    dots = [at for at in range(first, last) if tokens[at].text == "."]
    return dots[-1] + 1 if dots else first
