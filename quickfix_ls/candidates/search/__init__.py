"""The generalist: edits of a few tokens near the error, the most plausible first. It knows no patterns.

`steps` lists what may be done, `step_prior` says how likely it is before it is tried, `token_edits` makes text of it.
Whether a proposal is well formed is for validation to say.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from operator import add

from quickfix_ls.candidates.search.step_prior import StepPrior
from quickfix_ls.candidates.search.steps import Family, Step, anchors, families_of
from quickfix_ls.candidates.search.token_edits import edit_of, title_of
from quickfix_ls.candidates.search.vocabulary import Vocabulary
from quickfix_ls.context import Context
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.values import Candidate

MOST_CANDIDATES = 64
_FINALISTS = 3
HORIZON = 20.0
"""How many bits less likely than the first edit that passes an edit may be to be worth validating. Of the human's
one-token fixes of 700 texts, 662 are among the candidates with 20 bits, 669 with 28, and 672 without a bound, which
takes a third more time."""


def search(
    context: Context, plausibility: Plausibility, most: int = MOST_CANDIDATES
) -> Iterator[tuple[Candidate, float]]:
    """The `most` likeliest edits around the problem, the likeliest first, each with how likely it is in bits: by how
    much likelier it makes the text, and by where and what it is."""
    gains = Gains(context.tokens, plausibility)
    prior = StepPrior(context.problem.message, anchors(context), context.index.language.part(Vocabulary))
    finalists = _finalists(list(families_of(context)), gains, prior, _FINALISTS * most)
    scored = [(gains.of(step) + prior.of(step), -order, step) for order, step in finalists]
    for likely, _, step in heapq.nlargest(most, scored):
        edit = edit_of(context, step)
        if edit is not None:
            yield Candidate((edit,), title_of(context, step), f"search:{step.operation}"), likely


def _finalists(families: Sequence[Family], gains: Gains, prior: StepPrior, most: int) -> list[tuple[int, Step]]:
    """The `most` best steps by a first look, with their place among all. Steps are made of those alone: there are many
    more."""
    looks = [list(map(add, gains.rough(family), prior.of_all(family))) for family in families]
    every = list(chain.from_iterable(looks))
    best = sorted(range(len(every)), key=every.__getitem__, reverse=True)[:most]
    ends = list(accumulate(map(len, looks)))
    owners = ((order, bisect_right(ends, order)) for order in best)
    return [(order, families[at].step(order - ends[at])) for order, at in owners]


class Gains:
    """How many bits likelier a step makes the text, from the symbols around it alone."""

    def __init__(self, tokens: list[Token], plausibility: Plausibility) -> None:
        self._model = plausibility
        self._symbols = plausibility.symbols(tokens)
        self._place = _places(tokens, plausibility.words(self._symbols), plausibility.spelling.line_words)
        self._lost: dict[tuple[int, int], float] = {}
        self._old: dict[tuple[int, int], float] = {}

    def rough(self, family: Family) -> list[float]:
        """The same of each step of a family from pairs of neighbours alone: good enough to drop most steps, and many
        times faster."""
        start, end = self._place[family.first], self._place[family.last]
        symbols, model = self._symbols, self._model
        left = symbols[start - 1] if start else 0
        right = symbols[end] if end < len(symbols) else 0
        lost = self._lost.get((start, end))
        if lost is None:
            lost = self._lost[start, end] = model.pairs([left, *symbols[start:end], right])
        if family.operation == "swap":
            return [model.pairs([left, *self._new(family.step(0), start, end), right]) - lost]
        if family.operation == "delete":
            return [model.pair(left, right) - lost]
        news = model.signs(family.news)
        around = zip(model.behind(left, news), model.ahead(right, news), strict=True)
        return [before + after - lost for before, after in around]

    def of(self, step: Step) -> float:
        start, end = self._place[step.first], self._place[step.last]
        symbols, model = self._symbols, self._model
        low, high = max(0, start - model.reach), end + model.reach
        old = self._old.get((start, end))
        if old is None:
            old = self._old[start, end] = model.score(symbols, start, min(high, len(symbols)))
        return model.score([*symbols[low:start], *self._new(step, start, end), *symbols[end:high]], start - low) - old

    def _new(self, step: Step, start: int, end: int) -> list[int]:
        """The symbols that a step puts in the place of [start, end)."""
        if step.operation == "swap":
            middle = self._place[step.first + 1]
            return [*self._symbols[middle:end], *self._symbols[start:middle]]
        return list(self._model.signs((step.new,))) if step.new else []


def _places(tokens: list[Token], words: list[str], line_words: frozenset[str]) -> list[int]:
    """For each token, and for the end, the index of its symbol; a line end has that of what follows in its line."""
    places = []
    at = 0
    for token in tokens:
        if token.kind not in ("newline", "comment"):
            while at < len(words) and words[at] in line_words:
                at += 1
            places.append(at)
            at += 1
        else:
            places.append(at)
    places.append(at)
    return places
