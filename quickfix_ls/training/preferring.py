"""Fit the probabilities from which on an offer may be applied without review, on rows that the models have not seen.

An offer is preferred only where it is known to be right: the lower bound of the 95 % interval (Wilson) of the share of
right ones must be at least 95 %, over the offers of its kind or proposer on the real mix. One that mends the error
asked about as the person did is right, although they mended others elsewhere too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from quickfix_ls.problems.kinds import KINDS
from quickfix_ls.ranking.thresholds import NEVER, Thresholds, kind_of_offer
from quickfix_ls.training.rows import Outcome, Row
from quickfix_ls.training.statistics import wilson

PRECISION = 0.95
"""The lower bound of the share of right offers among the preferred ones of a kind."""

OFFER_NAME = 0.25
"""The probability from which on an offer for an undefined name is shown: half of such offers on real histories are of
no use below it, since people define the name or mean another one."""

_FEW = 20
"""A proposer with fewer first offers is judged by its kind."""
_MIN_PREFERRED = 0.8


def fit_thresholds(
    real: Sequence[Outcome], artificial: Sequence[Outcome], offer: float, harmful: Iterable[str] = ()
) -> Thresholds:
    """Return the thresholds, given the outcomes of `real` rows and of `artificial` ones, in which every safe first
    offer is marked as preferred; `offer` is the threshold of showing. The `harmful` proposers are never preferred.

    Each kind of offers has the lowest probability from which on its offers are right with PRECISION. A proposer seen
    often in real rows has a threshold of its own: the one of its kind, if its offers from there on are right as often;
    else the lowest one with PRECISION for it alone. For a proposer seen seldom in real rows, artificial ones count too.
    """
    kinds = {kind: threshold_of(outcomes) for kind, outcomes in _grouped(real or artificial, _kind).items()}
    real_of, made_of = (_grouped(outcomes, _source) for outcomes in (real, artificial))
    by_source = {}
    for source in sorted({*real_of, *made_of} - {""}):
        theirs = real_of.get(source, [])
        theirs = theirs if len(theirs) >= _FEW else [*theirs, *made_of.get(source, [])]
        of_kind = kinds.get(_kind(theirs[0]), NEVER)
        by_source[source] = _own_threshold(theirs, of_kind)
    by_source |= dict.fromkeys(harmful, NEVER)
    return Thresholds(offer, NEVER, dict(sorted(kinds.items())), dict(sorted(by_source.items())), OFFER_NAME)


def threshold_of(outcomes: Iterable[Outcome], precision: float = PRECISION) -> float:
    """Return the lowest probability from which on the lower bound of the share of right offers is at least `precision`;
    NEVER if there is none."""
    return next(
        (
            probability
            for probability, count, right in reversed(_cumulated(outcomes))
            if probability >= _MIN_PREFERRED and wilson(right, count)[0] >= precision
        ),
        NEVER,
    )


def precision_curve(outcomes: Sequence[Outcome]) -> list[dict[str, float]]:
    """Return, for several precisions of preferred offers, the lowest threshold for all of them with this share of right
    offers, and the share of rows with such an offer."""
    cumulated = [step for step in _cumulated(outcomes) if step[1] >= _FEW]
    curve = []
    for precision in (0.90, 0.92, 0.94, 0.95, 0.96, 0.98, 0.99):
        reached = (step for step in reversed(cumulated) if step[2] >= precision * step[1])
        threshold, marked, _ = next(reached, (NEVER, 0, 0))
        curve.append({"precision": precision, "threshold": threshold, "share": round(marked / len(outcomes), 4)})
    return curve


def with_thresholds(outcome: Outcome, thresholds: Thresholds) -> Outcome:
    """Return the outcome with its first offer marked as preferred according to the given thresholds."""
    if not outcome.preferred:
        return outcome
    first = outcome.predictions[0]
    return replace(outcome, preferred=thresholds.prefers(first.score, _is_syntax(outcome), first.source.split("+")))


def _own_threshold(outcomes: Sequence[Outcome], of_kind: float) -> float:
    from_there = [outcome for outcome in outcomes if outcome.predictions[0].score >= of_kind]
    if from_there and sum(outcome.leads for outcome in from_there) >= PRECISION * len(from_there):
        return of_kind
    return threshold_of(outcomes)


def _cumulated(outcomes: Iterable[Outcome]) -> list[tuple[float, int, int]]:
    """Return, for each probability of an offer marked as preferred, the highest first, the number of offers with this
    probability or more, and the number of right ones among them."""
    marked = [(outcome.predictions[0].score, outcome.leads) for outcome in outcomes if outcome.preferred]
    steps: dict[float, tuple[int, int]] = {}
    right = 0
    for count, (probability, is_right) in enumerate(sorted(marked, reverse=True), 1):
        right += is_right
        steps[probability] = count, right
    return [(probability, *counts) for probability, counts in steps.items()]


def _grouped(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.preferred:
            groups.setdefault(key(outcome), []).append(outcome)
    return groups


def _kind(outcome: Outcome) -> str:
    return kind_of_offer(_is_syntax(outcome), outcome.predictions[0].source.split("+"))


def _source(outcome: Outcome) -> str:
    """Return the proposer of the first offer; empty for a repair with several."""
    source = outcome.predictions[0].source
    return "" if "+" in source else source


def _is_syntax(outcome: Outcome) -> bool:
    return isinstance(outcome.row, Row) and KINDS[outcome.row.kind].stepwise
