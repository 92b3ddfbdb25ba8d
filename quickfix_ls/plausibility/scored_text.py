"""Compute the likelihood of a text after an edit, at the cost of the lines that change."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.lexing.layout import lines_of
from quickfix_ls.lexing.relex import LexedText, Rewritten
from quickfix_ls.plausibility.model import Plausibility


class PlausibilityGain(NamedTuple):
    """The token model's measures of a change, in bits.

    `gain` is the change in the text's log2 likelihood; `line_bits` is the mean over the tokens of the edited lines and
    `worst_bits` the minimum; `changed_bits` is the mean over the tokens that differ, `changed_tokens` their number. A
    token is a symbol of the model here, see `tokenizer`.
    """

    gain: float
    line_bits: float
    worst_bits: float
    changed_bits: float
    changed_tokens: int


class ScoredText:
    """A text as symbols of the token model, with the cached sums needed to score edits of it."""

    def __init__(self, model: Plausibility, text: LexedText) -> None:
        self._model, self._text = model, text
        tokenizer, words = model.tokenizer.begin(), list[str]()
        self._states, self._starts = [], []
        for line in text.lines:
            self._states.append(tokenizer.state)
            self._starts.append(len(words))
            words += tokenizer.line(text.tokens, line)
        self._states.append(tokenizer.state)
        self._starts.append(len(words))
        self._symbols = model.numbers(words)
        self._sums = [0.0, *accumulate(model.bits(self._symbols))]

    def judge(self, run: Rewritten) -> PlausibilityGain:
        """Return the measures of the change that rewrites a run of the text's lines."""
        words, edited, resumed = self._retokenized(run)
        start, end = self._starts[run.kept], self._starts[resumed]
        behind = self._symbols[end : end + self._model.reach]
        ahead = self._symbols[max(0, start - self._model.reach) : start]
        old, new = self._symbols[start:end] + behind, self._model.numbers(words) + behind
        bits = self._model.bits(ahead + new, len(ahead))
        head, tail = common_ends(old, new)
        # The symbols just behind the difference are the same, but their contexts are not.
        differing = bits[head : len(bits) - max(0, tail - self._model.reach)]
        lines = bits[:edited]
        return PlausibilityGain(
            sum(bits) - (self._sums[end + len(behind)] - self._sums[start]),
            sum(lines) / len(lines) if lines else 0.0,
            min(lines, default=0.0),
            sum(differing) / len(differing) if differing else 0.0,
            len(differing),
        )

    def _retokenized(self, run: Rewritten) -> tuple[list[str], int, int]:
        """Tokenize the rewritten lines, and the lines behind them whose words change.

        Returns the words, the number of those from the rewritten lines, and the old line from which on all words stay
        the same.
        """
        tokenizer, words = self._model.tokenizer.resume(self._states[run.kept]), list[str]()
        for line in lines_of(run.after, run.start):
            words += tokenizer.line(run.after, line)
        edited, resumed = len(words), run.resumed
        while resumed < len(self._text.lines) and tokenizer.state != self._states[resumed]:
            words += tokenizer.line(self._text.tokens, self._text.lines[resumed])
            resumed += 1
        return words, edited, resumed
