"""Search over edits of a few tokens near a syntax error, the most plausible first. It uses no patterns of errors.

`steps` enumerates the token edits, `step_prior` gives their prior probability, `token_edits` turns them into text
edits. Candidates are not parsed here; validation does that.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from operator import add

from quickfix_ls.candidates.search.step_prior import StepPrior
from quickfix_ls.candidates.search.steps import Family, Step, anchors, families_of
from quickfix_ls.candidates.search.token_edits import edit_of
from quickfix_ls.candidates.search.vocabulary import Vocabulary
from quickfix_ls.context import Context
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.values import Candidate

MAX_CANDIDATES = 64
_FINALISTS = 3
HORIZON = 20.0
"""The number of bits by which an edit may be less likely than the first valid one and still be worth validating. Of the
human one-token fixes of 700 texts, 662 are among the candidates with 20 bits, 669 with 28, and 672 without a bound,
which takes a third more time."""


def search(
    context: Context, plausibility: Plausibility, limit: int = MAX_CANDIDATES
) -> Iterator[tuple[Candidate, float]]:
    """Yield the `limit` likeliest edits around the problem, the likeliest first, each with its score in bits.

    The score is the gain in log2 likelihood of the text by the token model, plus the prior of the edit.
    """
    is_balanced = _is_balanced(context)
    for step, likely in _ranked(context, plausibility, limit):
        if is_balanced and _opens(context, step):
            continue
        edit = edit_of(context, step)
        if edit is not None:
            yield Candidate((edit,), "", f"search:{step.operation}"), likely


def _ranked(context: Context, plausibility: Plausibility, limit: int) -> tuple[tuple[Step, float], ...]:
    """Return the `limit` likeliest steps with their scores, the likeliest first.

    They depend on the region and the error in it alone, so they are remembered for when the text is edited elsewhere.
    """

    def rank() -> tuple[tuple[Step, float], ...]:
        gains = Gains(context.tokens, plausibility)
        prior = StepPrior(context.problem.message, anchors(context), context.index.language.part(Vocabulary))
        finalists = _finalists(list(families_of(context)), gains, prior, _FINALISTS * limit)
        scored = [(gains.of(step) + step_prior, -order, step) for order, step, step_prior in finalists]
        return tuple((step, likely) for likely, _, step in heapq.nlargest(limit, scored))

    region, span = context.region, context.problem.span
    error = context.problem.message, span.start - region.start, span.end - region.start
    return plausibility.remembered((region.text, *error, limit), rank)


def _is_balanced(context: Context) -> bool:
    """Return whether each bracket of the region has its counterpart, and no string lacks its end."""
    brackets = context.brackets
    if brackets.unclosed or brackets.unmatched or brackets.mismatched:
        return False
    return not any(token.kind == "badstring" for token in context.tokens)


def _opens(context: Context, step: Step) -> bool:
    """Return whether a step leaves a bracket open to the end of a region whose brackets are balanced: it repairs
    nothing. In other brackets, a further step may close it."""
    openers, closers = context.lexis.openers, context.lexis.closers
    pairs = context.brackets.partner.items()
    if any(opener < step.first and step.last <= closer for opener, closer in pairs):
        return False
    old = [token.text for token in context.tokens[step.first : step.last]] if step.operation != "swap" else []
    opened = (step.new in openers) - (step.new in closers)
    return opened > sum((text in openers) - (text in closers) for text in old)


def _finalists(families: Sequence[Family], gains: Gains, prior: StepPrior, limit: int) -> list[tuple[int, Step, float]]:
    """Return the `limit` best steps by a rough score, each with its number among all steps and its prior.

    `Step` objects are created for these only, since there are many more.
    """
    priors = [prior.of_all(family) for family in families]
    looks = [list(map(add, gains.rough(family), known)) for family, known in zip(families, priors, strict=True)]
    every = list(chain.from_iterable(looks))
    # To sort the numbers alone is several times faster than to sort what they belong to.
    least = sorted(every)[-limit] if len(every) > limit else -math.inf
    best = [order for order, look in enumerate(every) if look >= least]
    best.sort(key=every.__getitem__, reverse=True)
    ends = list(accumulate(map(len, looks)))
    found = []
    for order in best[:limit]:
        at = bisect_right(ends, order)
        place = order - ends[at]
        found.append((order, families[at].step(place), priors[at][place]))
    return found


class Gains:
    """The gain in log2 likelihood that a step brings to the text, by the token model, in bits."""

    def __init__(self, tokens: list[Token], plausibility: Plausibility) -> None:
        self._model = plausibility
        self._symbols = plausibility.symbols(tokens)
        self._place = _places(tokens, plausibility.words(self._symbols), plausibility.tokenizer.line_words)
        self._lost: dict[tuple[int, int], float] = {}
        self._around: dict[tuple[int, int], tuple[int, list[int], float]] = {}

    def rough(self, family: Family) -> list[float]:
        """Return an approximate gain for each step of a family, from pairs of neighbours alone.

        It is good enough to discard most steps, and many times faster than `of`.
        """
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
        around = self._around.get((start, end))
        if around is None:
            around = self._around[start, end] = self._look_around(start, end)
        context, behind, old = around
        return self._model.continued(context, (*self._new(step, start, end), *behind)) - old

    def _look_around(self, start: int, end: int) -> tuple[int, list[int], float]:
        """Return the context before the symbols [start, end), the symbols behind them whose probability depends on
        them, and the score of all these."""
        symbols, model = self._symbols, self._model
        context, behind = model.context(symbols, start), symbols[end : end + model.reach]
        return context, behind, model.continued(context, (*symbols[start:end], *behind))

    def _new(self, step: Step, start: int, end: int) -> list[int]:
        """Return the symbols that a step puts in the place of the symbols [start, end)."""
        if step.operation == "swap":
            middle = self._place[step.first + 1]
            return [*self._symbols[middle:end], *self._symbols[start:middle]]
        return list(self._model.signs((step.new,))) if step.new else []


def _places(tokens: list[Token], words: list[str], line_words: frozenset[str]) -> list[int]:
    """Return the index of the symbol of each token, and of the end; a line end has that of the next token's symbol."""
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
