"""The generalist: one-token edits near the error, the most plausible first. It knows no patterns.

It proposes; whether a proposal is well formed is for validation to say.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from quickfix_ls.context import Context
from quickfix_ls.languages.python.tokens import CLOSERS, KEYWORDS, OPENERS, Token
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.plausibility.spelling import LINE_WORDS
from quickfix_ls.values import Candidate, Edit

MOST_CANDIDATES = 64
_FINALISTS = 6
_BEHIND, _AHEAD, _FAR = 14, 6, 60
_CONTEXT = 5
_WORDS = ("in", "not", "and", "or", "is", "if", "else", "for", "as", "import", "from", "return", "lambda")
_SIGNS = ("(", ")", "[", "]", "{", "}", ":", ",", ".", "=", "==", "+", "-", "*", "/", "%", "!=", "<", ">", "**", ";")
_OPENING_WORDS = ("if", "def", "class", "with", "while", "for", "import", "from", "return", "del", "raise", "try", "elif", "except")
_INSERTED = (*_SIGNS, *_WORDS)
_FAR_SIGNS = ("(", ")", "[", "]", "{", "}", ",", ":")
_TIGHT = frozenset({")", "]", "}", ",", ":", ".", ";"})


@dataclass(frozen=True, slots=True)
class _Step:
    """Replace the tokens [first, last) by a token of text `new` ("" for none), or by themselves in another order."""

    operation: str
    first: int
    last: int
    new: str


def search(context: Context, plausibility: Plausibility, most: int = MOST_CANDIDATES) -> Iterator[Candidate]:
    """The `most` likeliest one-token edits around the problem, by how much likelier they make the text."""
    gains = _Gains(context.tokens, plausibility)
    rough = ((gains.rough(step), -order, step) for order, step in enumerate(_steps(context)))
    scored = [(gains.of(step), order, step) for _, order, step in heapq.nlargest(_FINALISTS * most, rough)]
    for _, _, step in heapq.nlargest(most, scored):
        edit = _edit(context, step)
        if edit is not None:
            yield Candidate((edit,), _title(context, step), f"search:{step.operation}")


def _steps(context: Context) -> Iterator[_Step]:
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


def _near_steps(tokens: list[Token], index: int) -> Iterator[_Step]:
    token = tokens[index] if index < len(tokens) else None
    if token is not None and token.kind == "comment":
        return
    for text in _INSERTED:
        yield _Step("insert", index, index, text)
    if token is None or token.kind == "newline":
        return
    yield _Step("delete", index, index + 1, "")
    if index == 0 or tokens[index - 1].kind == "newline":
        for text in _OPENING_WORDS:
            yield _Step("insert", index, index, text)
            if token.kind in ("name", "keyword") and text != token.text:
                yield _Step("replace", index, index + 1, text)
    elif token.kind in ("op", "keyword", "error"):
        for text in _INSERTED:
            if text != token.text:
                yield _Step("replace", index, index + 1, text)
    if index + 1 < len(tokens) and tokens[index + 1].kind not in ("newline", "comment"):
        yield _Step("swap", index, index + 2, "")


def _far_steps(tokens: list[Token], index: int) -> Iterator[_Step]:
    for text in _FAR_SIGNS:
        yield _Step("insert", index, index, text)
    if index < len(tokens) and tokens[index].text in _FAR_SIGNS:
        yield _Step("delete", index, index + 1, "")
        for text in _FAR_SIGNS:
            if text != tokens[index].text:
                yield _Step("replace", index, index + 1, text)


class _Gains:
    """How many bits likelier a step makes the text, from the symbols around it alone."""

    def __init__(self, tokens: list[Token], plausibility: Plausibility) -> None:
        self._model = plausibility
        self._symbols = plausibility.symbols(tokens)
        self._place = _places(tokens, plausibility.words(self._symbols))
        self._of_text: dict[str, int] = {}
        self._pairs: dict[tuple[int, int], float] = {}

    def rough(self, step: _Step) -> float:
        """The same from pairs of neighbours alone: good enough to drop most steps, and many times faster."""
        start, end = self._place[step.first], self._place[step.last]
        symbols = self._symbols
        left = symbols[start - 1] if start else 0
        right = symbols[end] if end < len(symbols) else 0
        if step.operation == "swap":
            middle = self._place[step.first + 1]
            new = [*symbols[middle:end], *symbols[start:middle]]
        else:
            new = [self._symbol(step.new)] if step.new else []
        return self._chain([left, *new, right]) - self._chain([left, *symbols[start:end], right])

    def _chain(self, symbols: list[int]) -> float:
        total = 0.0
        for pair in zip(symbols, symbols[1:], strict=False):
            bits = self._pairs.get(pair)
            if bits is None:
                bits = self._pairs[pair] = self._model.score(pair, 1, 2) if all(pair) else 0.0
            total += bits
        return total

    def of(self, step: _Step) -> float:
        start, end = self._place[step.first], self._place[step.last]
        symbols, new = self._symbols, self._new(step, start, end)
        low, high = max(0, start - _CONTEXT), end + _CONTEXT
        before = symbols[low:high]
        return self._model.gain(before, [*symbols[low:start], *new, *symbols[end:high]])

    def _new(self, step: _Step, start: int, end: int) -> list[int]:
        """The symbols that a step puts in the place of [start, end)."""
        if step.operation == "swap":
            middle = self._place[step.first + 1]
            return [*self._symbols[middle:end], *self._symbols[start:middle]]
        return [self._symbol(step.new)] if step.new else []

    def _symbol(self, text: str) -> int:
        known = self._of_text.get(text)
        if known is None:
            kind = "keyword" if text in KEYWORDS else "op"
            known = self._of_text[text] = self._model.symbols([Token(kind, text, 0, len(text))])[-1]  # type: ignore[arg-type]
        return known


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


def _edit(context: Context, step: _Step) -> Edit | None:
    tokens, text = context.tokens, context.region.text
    if step.operation == "insert":
        return _insertion(context, step)
    first, last = tokens[step.first], tokens[step.last - 1]
    if step.operation == "swap":
        between = text[first.end : last.start]
        return context.edit(first.start, last.end, last.text + between + first.text)
    if step.operation == "delete":
        end = last.end
        start = first.start
        if start and text[start - 1] == " " and text[end : end + 1] in (" ", "\n", "\r", ""):
            start -= 1
        elif text[end : end + 1] == " " and (not start or text[start - 1] in "\n([{"):
            end += 1
        return context.edit(start, end, "") if _keeps_apart(text, start, end) else context.edit(start, end, " ")
    return context.edit(first.start, last.end, _padded(text, first.start, last.end, step.new))


def _insertion(context: Context, step: _Step) -> Edit | None:
    """Put a token between two others, spaced as people do."""
    tokens, text, new = context.tokens, context.region.text, step.new
    before = tokens[step.first - 1] if step.first else None
    after = tokens[step.first] if step.first < len(tokens) else None
    if before is None or before.kind in ("newline", "comment"):
        if after is None or after.kind == "newline":
            return None
        tail = " " if new not in OPENERS else ""
        return context.edit(after.start, after.start, new + tail)
    same_line = after is not None and after.kind not in ("newline", "comment")
    if new in _TIGHT or not same_line or after is None:
        head = "" if new in _TIGHT or new in OPENERS else " "
        tail = " " if new == "," and same_line and after and after.start == before.end else ""
        return context.edit(before.end, before.end, head + new + tail)
    if new in OPENERS:
        gap_end = after.start if before.kind == "name" and new != "{" else before.end
        if gap_end == before.end:
            return context.edit(after.start, after.start, new)
        return context.edit(before.end, gap_end, new)
    return context.edit(before.end, after.start, f" {new} ")


def _keeps_apart(text: str, start: int, end: int) -> bool:
    """Whether deleting [start, end) keeps two words from running together."""
    return not (start and text[start - 1].isalnum() and text[end : end + 1].isalnum())


def _padded(text: str, start: int, end: int, new: str) -> str:
    if not new[0].isalpha():
        return new
    head = " " if start and text[start - 1].isalnum() else ""
    tail = " " if text[end : end + 1].isalnum() or text[end : end + 1] in CLOSERS else ""
    return head + new + tail


def _title(context: Context, step: _Step) -> str:
    tokens = context.tokens
    shown = tokens[step.first].text[:30] if step.first < len(tokens) else ""
    if step.operation == "insert":
        before = tokens[step.first - 1].text[-30:] if step.first else ""
        return f"Add `{step.new}` after `{before}`" if before.strip() else f"Add `{step.new}` before `{shown}`"
    if step.operation == "delete":
        return f"Remove `{shown}`"
    if step.operation == "swap":
        return f"Swap `{shown}` and `{tokens[step.last - 1].text[:30]}`"
    return f"Replace `{shown}` with `{step.new}`"
