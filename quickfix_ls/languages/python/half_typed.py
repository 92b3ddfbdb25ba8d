"""Statements that their author has not finished: the line ends where an operand or a name must follow, and the next
line does not go on with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS, lex
from quickfix_ls.languages.python.prose import is_code
from quickfix_ls.languages.python.statement_lines import STATEMENT_KEYWORDS
from quickfix_ls.lexing.layout import Line, lines_of
from quickfix_ls.lexing.tokens import Token

_WANTS_MORE = frozenset(
    [".", "=", "+=", "-=", "*=", "/=", "//=", "%=", "**=", "+", "-", "/", "//", "%", "==", "!=", "<", ">", "<=", ">=",
     "and", "or", "not", "in", "is", "if", "else", "for", "while", "elif", "with", "def", "class", "import", "from",
     "del", "assert", "await", "lambda", "as", "global", "nonlocal", "async"]
)  # fmt: skip
"""The tokens that no statement ends with, without those that text around code ends with (`**bold**`)."""
_PURE = frozenset(
    ["sum", "len", "max", "min", "sorted", "list", "dict", "set", "tuple", "str", "int", "float", "bool", "abs",
     "round", "range", "zip", "map", "filter", "open", "input", "reversed", "enumerate", "any", "all", "type", "repr",
     "bytes", "frozenset", "divmod", "pow", "getattr", "next", "iter", "ord", "chr", "hash"]
)  # fmt: skip
"""Functions that nobody calls for their effect, so that a line with such a call alone goes on with the line above."""
_IN_EXPRESSIONS = frozenset({"not", "None", "True", "False", "lambda", "await", "and", "or", "is"})
_HEADERS = frozenset({"def", "class", "if", "while", "for", "with", "elif"})
_ASSIGNS = re.compile(r"(?:[-+*/%@&|^]|//|\*\*|>>|<<)?=|:=")


@lru_cache(maxsize=32)
def half_typed_lines(text: str, below: str = "") -> tuple[tuple[int, int], ...]:
    """Return the offsets [start, end) of the unfinished lines of a text; `below` is what follows it."""
    tokens = lex(text + below)
    lines = lines_of(tokens)
    depth, found = 0, []
    for index, line in enumerate(lines):
        if line.start >= len(text):
            break
        if depth == 0 and _is_half_typed(tokens, lines, index):
            found.append((line.start, tokens[line.last - 1].end))
        depth = max(0, depth + _opened(tokens[line.first : line.last]))
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following is not None and tokens[following.first].text in STATEMENT_KEYWORDS - {"if", "else", "for", "from"}:
            depth = 0
    return tuple(found)


@lru_cache(maxsize=32)
def statements_below(text: str, below: str = "") -> tuple[tuple[int, int, int], ...]:
    """Return the offsets [start, end) of each unfinished line, or one that ends in an open bracket, and the offset of
    the statement that follows it without being a part of it by its indentation and form."""
    tokens = lex(text + below)
    lines = lines_of(tokens)
    half = {start for start, _ in half_typed_lines(text, below)}
    found = []
    for line, following in pairwise(lines):
        words = tokens[following.first : following.last]
        if line.start in half or (_is_open(tokens, line) and following.indent <= line.indent and stands_alone(words)):
            found.append((line.start, tokens[line.last - 1].end, tokens[following.first].start))
    return tuple(each for each in found if each[-1] < len(text))


def stands_alone(words: Sequence[Token]) -> bool:
    """Return whether the tokens of a line in an open bracket can hardly be of it: a call for its effect, or an
    assignment with spaces around its sign, with nothing behind it."""
    if words[-1].text == "," or _opened(words) != 0:
        return False
    equals = next((at for at, token in enumerate(words) if token.text == "="), 0)
    if equals and words[equals - 1].end == words[equals].start:
        return False
    return _begins_statement(words)


def _is_half_typed(tokens: Sequence[Token], lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    last = tokens[line.last - 1]
    before = tokens[line.last - 2] if line.last - line.first > 1 else None
    following = lines[index + 1] if index + 1 < len(lines) else None
    if _is_open(tokens, line):
        return following is not None and _is_cut_off(tokens, line, following)
    if following is not None and following.indent > line.indent and _opened(tokens[line.first : line.last]) > 0:
        return False
    if not _wants_more(tokens[line.first], before, last):
        return False
    if last.text == "else" and line.last - line.first == 1:
        return False  # only its colon is missing
    if last.text == "." and (before is None or before.kind != "name" or _is_from(tokens, line)):
        return False  # the full stop of a sentence
    if last.text == "." and following is None and line.indent == 0:
        return is_code(line.text(tokens[: line.last - 1]))
    if last.kind == "op" and (before is None or (before.kind == "op" and before.text not in CLOSERS)):
        return False  # `i++`
    return following is None or not _goes_on(tokens, line, following)


def _is_open(tokens: Sequence[Token], line: Line) -> bool:
    """Return whether a line ends in a bracket that it opens: behind the bracket, a comma or the colon of a key."""
    return _opened(tokens[line.first : line.last]) > 0 and tokens[line.last - 1].text in (*OPENERS, ",", ":")


def _is_cut_off(tokens: Sequence[Token], line: Line, following: Line) -> bool:
    """Return whether a line that ends in an open bracket lacks more than that bracket's end: a value behind its key, or
    the rest of a header."""
    words = tokens[following.first : following.last]
    if following.indent > line.indent or not (stands_alone(words) or words[0].text in STATEMENT_KEYWORDS):
        return False
    return tokens[line.last - 1].text == ":" or tokens[line.first].text in _HEADERS


def _opened(words: Sequence[Token]) -> int:
    """Return how many more brackets the tokens open than they close."""
    return sum((token.text in OPENERS) - (token.text in CLOSERS) for token in words)


def _wants_more(first: Token, before: Token | None, last: Token) -> bool:
    """Return whether a line cannot end with its last token; a `*` beside a word or around the line is of a text."""
    if last.text in ("*", "**"):
        return before is not None and before.end < last.start and first.text not in ("*", "**")
    return last.text in _WANTS_MORE and last.kind in ("op", "keyword")


def _is_from(tokens: Sequence[Token], line: Line) -> bool:
    """Return whether a line imports names from a module; none of these has a dot."""
    return tokens[line.first].text == "from" and any(t.text == "import" for t in tokens[line.first : line.last])


def _goes_on(tokens: Sequence[Token], line: Line, following: Line) -> bool:
    """Return whether a line goes on with the unfinished one above it: it is indented deeper, or says nothing alone."""
    words = tokens[following.first : following.last]
    head = words[0]
    if following.indent > line.indent:
        is_header = tokens[line.first].text in _HEADERS
        if is_header and words[-1].text == ":" and head.text not in STATEMENT_KEYWORDS:
            return True
        return not (is_header and head.text in STATEMENT_KEYWORDS) and not _begins_statement(words)
    return following.indent == line.indent and not _begins_statement(words)


def _begins_statement(words: Sequence[Token]) -> bool:
    """Return whether the tokens of a line are a statement of their own: an assignment, a call for its effect, or one
    with a keyword."""
    head = words[0]
    if head.kind == "keyword" and head.text not in _IN_EXPRESSIONS:
        return True
    if head.text in ("@", '"""') or words[-1].text == ":":
        return True
    depth = 0
    for token in words:
        depth += (token.text in OPENERS) - (token.text in CLOSERS)
        if depth == 0 and token.kind == "op" and _ASSIGNS.fullmatch(token.text):
            return True
    is_called = len(words) > 2 and words[-1].text == ")" and head.kind == "name"
    return is_called and head.text not in _PURE
