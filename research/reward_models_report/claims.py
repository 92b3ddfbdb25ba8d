"""Each claim of the original write-up, and what the figures say of it. A verdict follows from an interval, not from us:
`confirmed` or `refuted` where the interval leaves no doubt, else `open`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from research.reward_models_report.words import estimate, points

_NOT_WORSE = -0.01
"""One point: how much worse LightGBM may be than the language model and still count as equal."""
_TIMES = 100


@dataclass(frozen=True, slots=True)
class Claim:
    claim: str
    verdict: str
    reason: str


def claims(comparison: dict[str, Any]) -> list[Claim]:
    """The claims in the order of the write-up."""
    return [
        _voting(comparison),
        _voting_is_enough(comparison),
        Claim(
            "Majority voting does not hold up online.",
            "open",
            "There are no users here. Nothing that is measured offline can answer it.",
        ),
        _equal_to_language_model(comparison),
        _faster(comparison),
        _similarity(comparison),
        _error_type(comparison),
    ]


def _voting(comparison: dict[str, Any]) -> Claim:
    pool, figures = comparison["pools"][-1], comparison["schemes"]["folds"]["selectors"]
    is_better = pool["majority"]["low"] > pool["single"]["high"]
    return Claim(
        "Majority voting picks well offline: better than one sample.",
        _verdict(is_better, pool["majority"]["high"] < pool["single"]["low"]),
        f"Of {pool['generators']} sampled generators the vote is accepted in {estimate(pool['majority'], 100)} %, one "
        f"sample in {estimate(pool['single'], 100)} %. Among our own proposers it is `majority` in "
        f"{estimate(figures['majority']['accepted'], 100)} %, against `first` in "
        f"{estimate(figures['first']['accepted'], 100)} %.",
    )


def _voting_is_enough(comparison: dict[str, Any]) -> Claim:
    pool = comparison["pools"][-1]
    test = _test(comparison, "unseen", "majority")
    return Claim(
        "Offline, a reward model adds little to voting.",
        _verdict(pool["difference"]["high"] < -_NOT_WORSE, pool["difference"]["low"] > -_NOT_WORSE),
        f"In the same pool the reward model gains {points(pool['difference'])} points. Among our own proposers, on "
        f"unseen sources, `lightgbm` gains {points(test)} points.",
    )


def _equal_to_language_model(comparison: dict[str, Any]) -> Claim:
    claim = "Classical models match the fine-tuned language model."
    model = comparison["elsewhere"].get("cross_encoder")
    if model is None:
        return Claim(claim, "open", "No scores of a cross-encoder were there when this page was made.")
    scheme, figures = next(iter(model["schemes"].items()))
    lightgbm = next(test["difference"] for test in figures["tests"] if test["against"] == "cross_encoder")
    majority = next(test["difference"] for test in figures["its_tests"] if test["against"] == "majority")
    said = f"On {figures['choices']:,} groups ({scheme}) `lightgbm` gains {points(lightgbm)} points over it"
    if majority["low"] <= 0:
        return Claim(claim, "open", f"{said}, but it does not clearly beat `majority`: it has not learnt enough.")
    return Claim(claim, _verdict(lightgbm["low"] > _NOT_WORSE, lightgbm["high"] < _NOT_WORSE), f"{said}.")


def _faster(comparison: dict[str, Any]) -> Claim:
    ours, python = comparison["timing"]["selectors"]["lightgbm"]["ms"], comparison["timing"]["python"]
    paths = ", ".join(f"{python[size] / ours[size]:.1f} times for {size} candidates" for size in ("8", "32"))
    serving = f"Our serving path against LightGBM's Python package: {paths}, on a busy machine."
    claim = "A classical model is nearly 100 times as fast."
    model = comparison["elsewhere"].get("cross_encoder", {"facts": {}})["facts"]
    if "latency_ms" not in model or "lightgbm_ms" not in model:
        return Claim(claim, "open", f"The language model was not timed in the same run. {serving}")
    ratio = model["latency_ms"]["8"] / model["lightgbm_ms"]["8"]
    said = (
        f"A group of 8 takes the cross-encoder {model['latency_ms']['8']:.0f} ms, {ratio:.0f} times as long. {serving}"
    )
    return Claim(claim, _verdict(ratio >= _TIMES, ratio < _TIMES / 2), said)


def _similarity(comparison: dict[str, Any]) -> Claim:
    return _feature(comparison, "similarity", "similarity", "How similar the fix is to the original line")


def _error_type(comparison: dict[str, Any]) -> Claim:
    return _feature(comparison, "error", "error type", "The type of the error")


def _feature(comparison: dict[str, Any], feature: str, family: str, what: str) -> Claim:
    ways = ("contribution", "gain", "permutation")
    ranks = [
        1 + [one["feature"] for one in sorted(comparison["importance"], key=lambda one: -one[way])].index(feature)
        for way in ways
    ]
    lost = {one["scheme"]: one["lost"] for one in comparison["ablations"] if one["without"] == family}
    others = [one["lost"]["low"] for one in comparison["ablations"] if one["scheme"] == "unseen"]
    is_best = all(rank <= 2 for rank in ranks)
    is_beaten = all(rank > 2 for rank in ranks) and max(others) > lost["unseen"]["high"]
    told = ", ".join(f"number {rank} by {way}" for rank, way in zip(ranks, ways, strict=True))
    helps = "It helps with sources that were not seen" if lost["unseen"]["low"] > 0 else "Its help can't be shown"
    return Claim(
        f"{what} is among the two most informative features.",
        _verdict(is_best, is_beaten),
        f"`{feature}` is {told} of {len(comparison['importance'])} features. {helps}: without its family "
        f"{points(lost['unseen'])} points are lost there, {points(lost['folds'])} in five folds. Most is lost without "
        f"{_most_lost(comparison)}.",
    )


def _most_lost(comparison: dict[str, Any]) -> str:
    unseen = [one for one in comparison["ablations"] if one["scheme"] == "unseen"]
    worst = max(unseen, key=lambda one: one["lost"]["value"])
    return f"{worst['without']} ({points(worst['lost'])})"


def _test(comparison: dict[str, Any], scheme: str, against: str) -> dict[str, float]:
    tests = comparison["schemes"][scheme]["tests"]
    found: dict[str, float] = next(test["difference"] for test in tests if test["against"] == against)
    return found


def _verdict(is_shown: bool, is_ruled_out: bool) -> str:
    return "confirmed" if is_shown else "refuted" if is_ruled_out else "open"
