"""The generalist: one-token edits near the error, the most plausible first. It knows no patterns.

It proposes; whether a proposal is well formed is for validation to say.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator

from quickfix_ls.candidates.token_edits import Step, edit_of, title_of
from quickfix_ls.context import Context
from quickfix_ls.languages.python.tokens import Token
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.plausibility.spelling import LINE_WORDS
from quickfix_ls.values import Candidate

MOST_CANDIDATES = 64
_FINALISTS = 6
_BEHIND, _AHEAD, _FAR = 14, 6, 60
_CONTEXT = 5
_WORDS = ("in", "not", "and", "or", "is", "if", "else", "for", "as", "import", "from", "return", "lambda")
_SIGNS = (
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    ".",
    "=",
    "==",
    "+",
    "-",
    "*",
    "/",
    "%",
    "!=",
    "<",
    ">",
    "**",
    ";",
)
_OPENING_WORDS = (
    "if",
    "def",
    "class",
    "with",
    "while",
    "for",
    "import",
    "from",
    "return",
    "del",
    "raise",
    "try",
    "elif",
    "except",
)
_INSERTED = (*_SIGNS, *_WORDS)
_FAR_SIGNS = ("(", ")", "[", "]", "{", "}", ",", ":")


def search(context: Context, plausibility: Plausibility, most: int = MOST_CANDIDATES) -> Iterator[Candidate]:
    """The `most` likeliest one-token edits around the problem, by how much likelier they make the text."""
    gains = _Gains(context.tokens, plausibility)
    rough = ((gains.rough(step), -order, step) for order, step in enumerate(_steps(context)))
    scored = [(gains.of(step), order, step) for _, order, step in heapq.nlargest(_FINALISTS * most, rough)]
    for _, _, step in heapq.nlargest(most, scored):
        edit = edit_of(context, step)
        if edit is not None:
            yield Candidate((edit,), title_of(context, step), f"search:{step.operation}")


def _steps(context: Context) -> Iterator[Step]:
    """All edits close to the problem's two ends; further off, in its statement, brackets and separators only."""
    near = {*_around(context, context.at), *_around(context, context.at_end)}
    for index in sorted(near, reverse=True):
        yield from _near_steps(context.tokens, index)
    for index in sorted(_statement(context) - near, key=lambda index: abs(index - context.at)):
        yield from _far_steps(context.tokens, index)


def _around(context: Context, at: int) -> range:
    return range(max(0, at - _BEHIND), min(len(context.tokens), at + _AHEAD) + 1)


def _statement(context: Context) -> set[int]:
    """The tokens of the lines around the problem."""
    if not context.lines:
        return set()
    first = context.lines[max(0, context.line - 2)].first
    last = context.lines[min(len(context.lines) - 1, context.line + 3)].last
    return set(range(max(first, context.at - _FAR), min(last, context.at_end + _FAR) + 1))


def _near_steps(tokens: list[Token], index: int) -> Iterator[Step]:
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
                yield Step("replace", index, index + 1, text)
    elif token.kind in ("op", "keyword", "error"):
        for text in _INSERTED:
            if text != token.text:
                yield Step("replace", index, index + 1, text)
    if index + 1 < len(tokens) and tokens[index + 1].kind not in ("newline", "comment"):
        yield Step("swap", index, index + 2, "")


def _far_steps(tokens: list[Token], index: int) -> Iterator[Step]:
    for text in _FAR_SIGNS:
        yield Step("insert", index, index, text)
    if index < len(tokens) and tokens[index].text in _FAR_SIGNS:
        yield Step("delete", index, index + 1, "")
        for text in _FAR_SIGNS:
            if text != tokens[index].text:
                yield Step("replace", index, index + 1, text)


class _Gains:
    """How many bits likelier a step makes the text, from the symbols around it alone."""

    def __init__(self, tokens: list[Token], plausibility: Plausibility) -> None:
        self._model = plausibility
        self._symbols = plausibility.symbols(tokens)
        self._place = _places(tokens, plausibility.words(self._symbols))
        self._lost: dict[tuple[int, int], float] = {}

    def rough(self, step: Step) -> float:
        """The same from pairs of neighbours alone: good enough to drop most steps, and many times faster."""
        start, end = self._place[step.first], self._place[step.last]
        symbols, pair = self._symbols, self._model.pair
        left = symbols[start - 1] if start else 0
        right = symbols[end] if end < len(symbols) else 0
        lost = self._lost.get((start, end))
        if lost is None:
            lost = self._lost[start, end] = sum(map(pair, [left, *symbols[start:end]], [*symbols[start:end], right]))
        if step.operation == "swap":
            new = self._new(step, start, end)
            return sum(map(pair, [left, *new], [*new, right])) - lost
        if step.new:
            symbol = self._model.symbol(step.new)
            return pair(left, symbol) + pair(symbol, right) - lost
        return pair(left, right) - lost

    def of(self, step: Step) -> float:
        start, end = self._place[step.first], self._place[step.last]
        symbols, new = self._symbols, self._new(step, start, end)
        low, high = max(0, start - _CONTEXT), end + _CONTEXT
        before = symbols[low:high]
        return self._model.gain(before, [*symbols[low:start], *new, *symbols[end:high]])

    def _new(self, step: Step, start: int, end: int) -> list[int]:
        """The symbols that a step puts in the place of [start, end)."""
        if step.operation == "swap":
            middle = self._place[step.first + 1]
            return [*self._symbols[middle:end], *self._symbols[start:middle]]
        return [self._model.symbol(step.new)] if step.new else []


def _places(tokens: list[Token], words: list[str]) -> list[int]:
    """For each token, and for the end, the index of its symbol; a line end has that of what follows in its line."""
    places = []
    at = 0
    for token in tokens:
        if token.kind not in ("newline", "comment"):
            while at < len(words) and words[at] in LINE_WORDS:
                at += 1
            places.append(at)
            at += 1
        else:
            places.append(at)
    places.append(at)
    return places
