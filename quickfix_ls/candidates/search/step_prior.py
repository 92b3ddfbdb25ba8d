"""How likely a step of the search is the right one before it is tried: what people mend lies close to where Python
stumbles, and a bracket error is mended by brackets.

The weights are those of a logistic regression over the steps of broken texts whose human fix is one token; in bits,
so that they add up with the language model's (`benchmarks/fit_step_prior.py` fits them anew).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quickfix_ls.candidates.search.steps import Step
from quickfix_ls.languages.python.tokens import CLOSERS, OPENERS

PLACE_TERMS = (
    *("distance", "at once", "in front"),
    *("distance in brackets", "distance of a bracket", "distance of a deletion"),
)
KIND_TERMS = (
    *("insert", "delete", "replace", "swap", "operand", "run", "lookalike"),
    *("bracket for bracket", "other for bracket"),
)
TERMS = (*PLACE_TERMS, *KIND_TERMS)
WEIGHTS = (-3.1, 6.9, -3.2, 1.05, 2.1, 2.0, -5.3, -2.1, -13.6, -2.6, -0.5, -12.0, 5.3, 8.5, -9.1)
_LOOKALIKES = {
    sign: group
    for group in (", . : ;", "( [ {", ") ] }", "= == != < >", "+ - * / % **", "in for is as if", "and or not")
    for sign in group.split(" ")
}
_BRACKETS = frozenset({*OPENERS, *CLOSERS})
_BRACKET_ERROR = re.compile(r"never closed|unmatched|does not match")


class StepPrior:
    """The prior of one problem's steps; `anchors` are the tokens from which distances count, its own first."""

    def __init__(self, message: str, anchors: Sequence[int]) -> None:
        self._is_bracket_error = _BRACKET_ERROR.search(message) is not None
        self._anchors = tuple(anchors)
        self._places: dict[tuple[int, bool, bool], float] = {}
        self._kinds: dict[tuple[str, str, str, bool], float] = {}

    def of(self, step: Step) -> float:
        """In bits, up to a constant: more is likelier."""
        place = (step.first, step.operation == "delete", step.new in _BRACKETS)
        kind = (step.operation, step.new, step.old, step.last - step.first > 1)
        at = self._places.get(place)
        if at is None:
            at = self._places[place] = _weighed(self._place_terms(step), WEIGHTS[: len(PLACE_TERMS)])
        how = self._kinds.get(kind)
        if how is None:
            how = self._kinds[kind] = _weighed(self._kind_terms(step), WEIGHTS[len(PLACE_TERMS) :])
        return at + how

    def terms(self, step: Step) -> tuple[float, ...]:
        """One number for each of `TERMS`."""
        return (*self._place_terms(step), *self._kind_terms(step))

    def _place_terms(self, step: Step) -> tuple[float, ...]:
        distance = min(abs(step.first - anchor) for anchor in self._anchors)
        for_bracket = self._is_bracket_error
        return (
            distance,
            distance == 0,
            step.first < self._anchors[0],
            for_bracket * distance,
            (for_bracket and step.new in _BRACKETS) * distance,
            (step.operation == "delete") * distance,
        )

    def _kind_terms(self, step: Step) -> tuple[float, ...]:
        kind, is_bracket = step.operation, step.new in _BRACKETS
        return (
            kind == "insert",
            kind == "delete",
            kind == "replace",
            kind == "swap",
            step.is_operand,
            kind == "delete" and step.last - step.first > 1,
            kind == "replace" and _LOOKALIKES.get(step.new) == _LOOKALIKES.get(step.old, ""),
            self._is_bracket_error and is_bracket,
            self._is_bracket_error and not is_bracket,
        )


def _weighed(terms: Sequence[float], weights: Sequence[float]) -> float:
    return sum(weight * term for weight, term in zip(weights, terms, strict=True))
