"""The generalist: edits of a few tokens near the error, the most plausible first. It knows no patterns.

`steps` lists what may be done, `step_prior` says how likely it is before it is tried, `token_edits` makes text of it.
Whether a proposal is well formed is for validation to say.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator

from quickfix_ls.candidates.search.step_prior import StepPrior
from quickfix_ls.candidates.search.steps import Step, anchors, steps_of
from quickfix_ls.candidates.search.token_edits import edit_of, title_of
from quickfix_ls.context import Context
from quickfix_ls.languages.python.tokens import Token
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.plausibility.spelling import LINE_WORDS
from quickfix_ls.values import Candidate

MOST_CANDIDATES = 64
_FINALISTS = 4
_CONTEXT = 5


def search(context: Context, plausibility: Plausibility, most: int = MOST_CANDIDATES) -> Iterator[Candidate]:
    """The `most` likeliest edits around the problem, by how much likelier they make the text and by where and what
    they are."""
    gains = Gains(context.tokens, plausibility)
    prior = StepPrior(context.problem.message, anchors(context)).of
    rough = ((gains.rough(step) + prior(step), -order, step) for order, step in enumerate(steps_of(context)))
    finalists = heapq.nlargest(_FINALISTS * most, rough)
    scored = [(gains.of(step) + prior(step), order, step) for _, order, step in finalists]
    for _, _, step in heapq.nlargest(most, scored):
        edit = edit_of(context, step)
        if edit is not None:
            yield Candidate((edit,), title_of(context, step), f"search:{step.operation}")


class Gains:
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
