"""Fit the probabilities from which on an offer may be applied without review, on rows that the models have not seen.

An offer is preferred only where it is known to be right: the lower bound of the 95 % interval (Wilson) of the share of
right ones must be at least PRECISION, over the offers of its kind or proposer on the real mix. One that mends the error
asked about as the person did is right, although they mended others elsewhere too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from quickfix_ls.problems.kinds import KINDS
from quickfix_ls.ranking.thresholds import NEVER, Thresholds, kind_of_offer
from quickfix_ls.training.rows import Outcome, Row
from quickfix_ls.training.statistics import wilson

PRECISION = 0.965
"""The lower bound of the share of right offers among the preferred ones of a kind: above the 95 % that are promised,
since offers on other code than that of the rows are a little less often right."""

OFFER_NAME = 0.25
"""The probability from which on an offer for an undefined name is shown: half of such offers on real histories are of
no use below it, since people define the name or mean another one."""

_CERTAIN = "certain"
_FEW = 20
"""A proposer with fewer first offers is judged by its kind."""
_MIN_PREFERRED = 0.8


def fit_thresholds(
    real: Sequence[Outcome],
    artificial: Sequence[Outcome],
    offer: float,
    harmful: Iterable[str] = (),
    certain: Collection[str] = (),
    precision: float = PRECISION,
) -> Thresholds:
    """Return the thresholds, given the outcomes of `real` rows and of `artificial` ones, in which every safe first
    offer is marked as preferred; `offer` is the threshold of showing, and `precision` takes the place of PRECISION. The
    `harmful` proposers are never preferred. The `certain` ones, which propose only where little else can be meant, are
    a kind of their own; real rows with them are too few to show that bound, so artificial ones count too, if the real
    ones are right as often as PRECISION says.

    Each kind of offers has the lowest probability from which on its offers are right with PRECISION, those of poor
    proposers left out: such that are right less often from the threshold of all on. A proposer's own threshold is the
    lowest one with PRECISION for it alone or, if its offers from there on are right as often, the one of its kind. For
    a proposer seen seldom in real rows, artificial ones count too.
    """
    real_of, made_of = (_grouped(outcomes, _source) for outcomes in (real, artificial))
    seen = {
        source: theirs if len(theirs := real_of.get(source, [])) >= _FEW else [*theirs, *made_of.get(source, [])]
        for source in sorted({*real_of, *made_of} - {""})
    }

    def kind(outcome: Outcome) -> str:
        return _CERTAIN if _source(outcome) in certain else _kind(outcome)

    kinds = _kind_thresholds(real or artificial, kind, precision)
    poor = {
        source
        for source, theirs in seen.items()
        if not _is_precise(theirs, kinds.get(kind(theirs[0]), NEVER), precision)
    }
    marked = (outcome for outcome in real or artificial if outcome.preferred)
    kinds |= _kind_thresholds([outcome for outcome in marked if _source(outcome) not in poor], kind, precision)
    real_certain, made_certain = (_grouped(rows, kind).get(_CERTAIN, []) for rows in (real, artificial))
    kinds[_CERTAIN] = _threshold_of_certain(real_certain, made_certain, precision)
    by_source = {
        source: _own_threshold(theirs, kinds.get(kind(theirs[0]), NEVER), precision) for source, theirs in seen.items()
    }
    by_source |= dict.fromkeys(harmful, NEVER)
    kinds.pop(_CERTAIN, None)
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


def _threshold_of_certain(real: Sequence[Outcome], artificial: Sequence[Outcome], precision: float) -> float:
    """Return the lowest probability from which on at least _FEW real offers are right with a precision, and real and
    artificial ones together with this lower bound; NEVER if there is none."""
    together = {probability: wilson(right, count)[0] for probability, count, right in _cumulated([*real, *artificial])}
    return next(
        (
            probability
            for probability, count, right in reversed(_cumulated(real))
            if probability >= _MIN_PREFERRED
            and count >= _FEW
            and right >= precision * count
            and together[probability] >= precision
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


def _kind_thresholds(outcomes: Sequence[Outcome], kind: Callable[[Outcome], str], precision: float) -> dict[str, float]:
    return {name: threshold_of(theirs, precision) for name, theirs in _grouped(outcomes, kind).items()}


def _own_threshold(outcomes: Sequence[Outcome], of_kind: float, precision: float) -> float:
    return min(threshold_of(outcomes, precision), of_kind if _is_precise(outcomes, of_kind, precision) else NEVER)


def _is_precise(outcomes: Sequence[Outcome], threshold: float, precision: float) -> bool:
    """Return whether there are offers from a threshold on, and the share of right ones among them is the precision."""
    from_there = [outcome.leads for outcome in outcomes if outcome.predictions[0].score >= threshold]
    return bool(from_there) and sum(from_there) >= precision * len(from_there)


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
