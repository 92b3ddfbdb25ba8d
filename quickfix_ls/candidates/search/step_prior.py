"""The prior probability that a step of the search is the right one, from its operation and its distance to the error:
most fixes are close to where the parser stops, and bracket errors are fixed by brackets.

The weights belong to the language (`Vocabulary.weights`). They are those of a logistic regression over the steps of
broken texts whose human fix is one token, in bits, so that they can be added to the token model's score;
`training/fit_step_prior.py` fits them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from quickfix_ls.candidates.search.steps import Family, Step
from quickfix_ls.candidates.search.vocabulary import Vocabulary

PLACE_TERMS = (
    *("distance", "at once", "in front"),
    *("distance in brackets", "distance of a bracket", "distance of a deletion"),
)
KIND_TERMS = (
    *("insert", "delete", "replace", "swap", "operand", "run", "lookalike"),
    *("bracket for bracket", "other for bracket"),
)
TERMS = (*PLACE_TERMS, *KIND_TERMS)


class StepPrior:
    """The prior of one problem's steps; `anchors` are the tokens from which distances are measured, its own first."""

    def __init__(self, message: str, anchors: Sequence[int], vocabulary: Vocabulary) -> None:
        self._vocabulary, self._brackets = vocabulary, vocabulary.lexis.brackets
        self._is_bracket_error = vocabulary.bracket_error.search(message) is not None
        self._anchors = tuple(anchors)
        self._places: dict[tuple[int, bool, bool], float] = {}

    def of(self, step: Step) -> float:
        """Return the log2 prior of a step, up to a constant; a greater value is likelier."""
        (kind,) = _kinds(
            self._vocabulary, step.operation, (step.new,), step.old, step.last - step.first > 1, self._is_bracket_error
        )
        return self._place(step.first, step.operation == "delete", step.new in self._brackets) + kind

    def of_all(self, family: Family) -> list[float]:
        """Return the prior of each step of a family, as `of` does."""
        operation, first, last, news, old = family
        kinds = _kinds(self._vocabulary, operation, news, old, last - first > 1, self._is_bracket_error)
        place = self._place(first, operation == "delete", False)
        if not self._is_bracket_error:
            return [place + kind for kind in kinds]
        for_brackets = self._place(first, operation == "delete", True)
        return [
            (for_brackets if new in self._brackets else place) + kind for new, kind in zip(news, kinds, strict=True)
        ]

    def terms(self, step: Step) -> tuple[float, ...]:
        """Return the value of each of `TERMS` for a step."""
        is_run = step.last - step.first > 1
        return (
            *self._place_terms(step.first, step.operation == "delete", step.new in self._brackets),
            *_kind_terms(self._vocabulary, step.operation, step.new, step.old, is_run, self._is_bracket_error),
        )

    def _place(self, first: int, is_deletion: bool, is_bracket: bool) -> float:
        key = first, is_deletion, is_bracket
        known = self._places.get(key)
        if known is None:
            known = self._places[key] = _weighed(self._place_terms(*key), self._vocabulary.weights[: len(PLACE_TERMS)])
        return known

    def _place_terms(self, first: int, is_deletion: bool, is_bracket: bool) -> tuple[float, ...]:
        distance = min(abs(first - anchor) for anchor in self._anchors)
        for_bracket = self._is_bracket_error
        return (
            distance,
            distance == 0,
            first < self._anchors[0],
            for_bracket * distance,
            (for_bracket and is_bracket) * distance,
            is_deletion * distance,
        )


@lru_cache(maxsize=4096)
def _kinds(
    vocabulary: Vocabulary, operation: str, news: tuple[str, ...], old: str, is_run: bool, is_bracket_error: bool
) -> tuple[float, ...]:
    """Return the part of the prior that does not depend on the place, for steps that differ in their new token."""
    weights = vocabulary.weights[len(PLACE_TERMS) :]
    return tuple(
        _weighed(_kind_terms(vocabulary, operation, new, old, is_run, is_bracket_error), weights) for new in news
    )


def _kind_terms(
    vocabulary: Vocabulary, operation: str, new: str, old: str, is_run: bool, is_bracket_error: bool
) -> tuple[float, ...]:
    is_bracket, lookalikes = new in vocabulary.lexis.brackets, vocabulary.lookalikes
    return (
        operation == "insert",
        operation == "delete",
        operation == "replace",
        operation == "swap",
        vocabulary.is_operand(new),
        operation == "delete" and is_run,
        operation == "replace" and lookalikes.get(new) == lookalikes.get(old, ""),
        is_bracket_error and is_bracket,
        is_bracket_error and not is_bracket,
    )


def _weighed(terms: Sequence[float], weights: Sequence[float]) -> float:
    return sum(weight * term for weight, term in zip(weights, terms, strict=True))
