"""The section of docs/reward-models.md about models that were fitted elsewhere: the fine-tuned language model."""

from __future__ import annotations

from typing import Any

from research.reward_models_report.words import SCHEMES, SELECTORS, estimate, p_value, percent, points, table

Comparison = dict[str, Any]

_TITLE = "## The fine-tuned language model\n\n"


def elsewhere(comparison: Comparison) -> str:
    """The whole section."""
    if not comparison["elsewhere"]:
        return _TITLE + (
            "**Not compared here:** this page was made without the scores of a cross-encoder. Put them into STORED as "
            "`cross_encoder.scores.parquet` and make it again; nothing else has to be fitted anew.\n"
        )
    parts = [_TITLE + "Compared on the groups that it scored, and no others.\n"]
    for name, model in comparison["elsewhere"].items():
        facts = model["facts"]
        parts.append(f"**{SELECTORS.get(name, name)}**: {facts.get('trained', 'how it was trained is not stated')}.\n")
        parts += [_beside(scheme, figures) for scheme, figures in model["schemes"].items()]
        parts += [said for said in (learning(facts), _costs(facts)) if said]
    return "\n".join(parts)


def learning(facts: dict[str, Any]) -> str:
    """What it learnt, and what it knew before; nothing where the facts don't say."""
    models = facts.get("models", [])
    if not models:
        return ""
    shares = [percent(point["share"]) for point in models[0]["curve"]]
    heads = ["unseen source", "groups", "`first`, %", "frozen, probed, %", *(f"{one} % of pairs" for one in shares),
             "best possible, %"]  # fmt: skip
    rows = [
        [model["unseen"], str(model["curve_groups"]), percent(model["first"]), percent(model["probe"]),
         *(percent(point["accepted"]) for point in model["curve"]), percent(model["possible"])]
        for model in models
    ]  # fmt: skip
    return (
        "Did it learn? Top-1 right on some of the groups of the unseen source, after a share of the training, beside "
        "what a logistic regression makes of the frozen layers' activations (the last token's and the mean):\n\n"
        + table(heads, rows)
    )


def _beside(scheme: str, figures: dict[str, Any]) -> str:
    rows = [
        [SELECTORS.get(one, one), estimate(it["accepted"], 100), estimate(it["auc"], digits=3),
         estimate(it["ndcg3"], digits=3), estimate(it["ece"], digits=3)]
        for one, it in figures["selectors"].items()
    ]  # fmt: skip
    heads = [f"{SCHEMES[scheme]}, {figures['choices']:,} groups", "accepted, %", "AUC", "NDCG@3", "ECE"]
    tests = "; ".join(
        f"{SELECTORS.get(test['against'], test['against'])} {points(test['difference'])} "
        f"(p {p_value(test['mcnemar']['p'])})"
        for test in figures["its_tests"]
    )
    return table(heads, rows) + f"\nIt is accepted more often by, in points, than {tests}.\n"


def _costs(facts: dict[str, Any]) -> str:
    if not {"latency_ms", "lightgbm_ms", "load_ms", "memory_mb", "size_mb"} <= facts.keys():
        return ""
    times = ", ".join(
        f"{facts['latency_ms'][size]:.0f} ms for {size} candidates ({facts['lightgbm_ms'][size]:.2f} ms by `lightgbm`)"
        for size in facts["latency_ms"]
    )
    return (
        f"What it costs, medians of the same run: {times}; {facts['load_ms'] / 1000:.1f} s and "
        f"{facts['memory_mb']:.0f} MB to load, PyTorch included; {facts['size_mb']:.0f} MB of weights.\n"
    )
