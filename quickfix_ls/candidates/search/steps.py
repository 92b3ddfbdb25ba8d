"""The steps of the search: which tokens may come, go, or change places around an error.

What may come is Python's own vocabulary and the names of the lines close by; what the language model and the distance
make of a step is for the search to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from quickfix_ls.context import Context
from quickfix_ls.languages.python.tokens import CLOSERS, KEYWORDS, OPENERS, Token

_BEHIND, _AHEAD, _FAR = 14, 6, 60
_WORDS = ("in", "not", "and", "or", "is", "if", "else", "for", "as", "import", "from", "return", "lambda")
_SIGNS = (*"()[]{}:,.=+-*/%<>;", "==", "!=", "**")
_OPENING_WORDS = (
    *("if", "elif", "while", "for", "with", "try", "except"),
    *("def", "class", "import", "from", "return", "del", "raise"),
)
_INSERTED = (*_SIGNS, *_WORDS)
_FAR_SIGNS = ("(", ")", "[", "]", "{", "}", ",", ":")
_LITERALS = ("0", "1", "None")
_MOST_NAMES, _NAMES_AROUND, _OPERANDS_AROUND = 8, 40, 3
_LONGEST_RUN = 12
_BEGIN_OPERANDS = frozenset({"not", "-", "~", "lambda", "await", "None", "True", "False", "...", *OPENERS})
_END_OPERANDS = frozenset({"None", "True", "False", "...", *CLOSERS})


@dataclass(frozen=True, slots=True)
class Step:
    """Replace the tokens [first, last) by a token of text `new` ("" for none), or by themselves in another order. `old`
    is what one that is replaced by another says.

    `operation` is one of insert, delete, replace, swap.
    """

    operation: str
    first: int
    last: int
    new: str
    old: str = ""

    @property
    def is_operand(self) -> bool:
        """Whether the new token is a name or a literal."""
        return (self.new not in KEYWORDS and (self.new[:1].isalnum() or self.new[:1] == "_")) or self.new == "None"


def steps_of(context: Context) -> Iterator[Step]:
    """All edits close to the problem's two ends; further off, in its statement, brackets and separators only."""
    tokens = context.tokens
    at = anchors(context)
    near = {index for anchor in at for index in _around(context, anchor)}
    names = tuple(_names_around(tokens, context.at))
    for index in sorted(near, reverse=True):
        yield from _near_steps(tokens, index)
        if min(abs(index - anchor) for anchor in at) <= _OPERANDS_AROUND:
            yield from _operand_steps(tokens, index, names)
            yield from _run_steps(tokens, index)
    for index in sorted(_statement(context) - near, key=lambda index: abs(index - context.at)):
        yield from _far_steps(tokens, index)


def anchors(context: Context) -> tuple[int, ...]:
    """The tokens from which distances count: those at the problem's two ends; between them, where CPython marks a whole
    expression ("Perhaps you forgot a comma?"), the first that can't follow the one before it."""
    tokens = context.tokens
    inside = range(context.at + 1, min(context.at_end + 1, len(tokens)))
    clash = next((i for i in inside if _ends_operand(tokens[i - 1]) and _clashes(tokens[i - 1], tokens[i])), None)
    return (context.at, context.at_end) if clash is None else (context.at, context.at_end, clash)


def _clashes(before: Token, after: Token) -> bool:
    """Whether an operand stands right behind another one, which no call, no subscript and no text next to text is."""
    if not _begins_operand(after) or after.text in ("-", "not"):
        return False
    if after.text in ("(", "["):
        return before.kind == "number"
    return not (before.kind == after.kind == "string")


def _around(context: Context, at: int) -> range:
    return range(max(0, at - _BEHIND), min(len(context.tokens), at + _AHEAD) + 1)


def _statement(context: Context) -> set[int]:
    """The tokens of the lines around the problem."""
    if not context.lines:
        return set()
    first = context.lines[max(0, context.line - 2)].first
    last = context.lines[min(len(context.lines) - 1, context.line + 3)].last
    return set(range(max(first, context.at - _FAR), min(last, context.at_end + _FAR) + 1))


def _near_steps(tokens: Sequence[Token], index: int) -> Iterator[Step]:
    token = tokens[index] if index < len(tokens) else None
    if token is not None and token.kind == "comment":
        return
    for text in _INSERTED:
        yield Step("insert", index, index, text)
    if token is None or token.kind == "newline":
        return
    yield Step("delete", index, index + 1, "")
    if index == 0 or tokens[index - 1].kind == "newline":
        for text in _OPENING_WORDS:
            yield Step("insert", index, index, text)
            if token.kind in ("name", "keyword") and text != token.text:
                yield Step("replace", index, index + 1, text, token.text)
    elif token.kind in ("op", "keyword", "error"):
        for text in _INSERTED:
            if text != token.text:
                yield Step("replace", index, index + 1, text, token.text)
    if index + 1 < len(tokens) and tokens[index + 1].kind not in ("newline", "comment"):
        yield Step("swap", index, index + 2, "")
        yield Step("delete", index, index + 2, "")


def _operand_steps(tokens: Sequence[Token], index: int, names: Iterable[str]) -> Iterator[Step]:
    """Where an operator lacks an operand, a name that stands close by, or a small literal."""
    before = tokens[index - 1] if index else None
    after = tokens[index] if index < len(tokens) else None
    if (before is not None and _ends_operand(before)) or (after is not None and _begins_operand(after)):
        return
    for text in (*names, *_LITERALS):
        yield Step("insert", index, index, text)


def _ends_operand(token: Token) -> bool:
    return token.kind in ("name", "number", "string", "badstring") or token.text in _END_OPERANDS


def _begins_operand(token: Token) -> bool:
    return token.kind in ("name", "number", "string", "badstring") or token.text in _BEGIN_OPERANDS


def _run_steps(tokens: Sequence[Token], index: int) -> Iterator[Step]:
    """The rest of a line that is no code."""
    end = index
    while end < len(tokens) and tokens[end].kind not in ("newline", "comment"):
        end += 1
    if index and tokens[index - 1].kind != "newline" and 2 < end - index <= _LONGEST_RUN:
        yield Step("delete", index, end, "")


def _far_steps(tokens: Sequence[Token], index: int) -> Iterator[Step]:
    for text in _FAR_SIGNS:
        yield Step("insert", index, index, text)
    if index < len(tokens) and tokens[index].text in _FAR_SIGNS:
        yield Step("delete", index, index + 1, "")
        for text in _FAR_SIGNS:
            if text != tokens[index].text:
                yield Step("replace", index, index + 1, text, tokens[index].text)


def _names_around(tokens: Sequence[Token], at: int) -> Iterator[str]:
    """The names that stand closest to a token, the nearest first; attributes are none."""
    near = sorted(range(max(0, at - _NAMES_AROUND), min(len(tokens), at + _NAMES_AROUND)), key=lambda i: abs(i - at))
    names = (tokens[i].text for i in near if tokens[i].kind == "name" and not (i and tokens[i - 1].text == "."))
    yield from islice(dict.fromkeys(names), _MOST_NAMES)
