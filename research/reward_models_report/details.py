"""The last sections of docs/reward-models.md: probabilities, features, costs."""

from __future__ import annotations

from typing import Any

from research.reward_models_report.words import SCHEMES, SELECTORS, estimate, p_value, percent, picture, points, table

Comparison = dict[str, Any]


def probabilities(comparison: Comparison) -> str:
    rows = [
        [SELECTORS[name], *(estimate(comparison["schemes"][scheme]["selectors"][name][key], digits=3)
         for scheme in SCHEMES for key in ("ece", "ece_of_picks"))]
        for name in ("majority", "logistic", "lightgbm")
    ]  # fmt: skip
    heads = ["expected calibration error", "folds: candidates", "folds: picks", "unseen: candidates", "unseen: picks"]
    return (
        "## Probabilities and abstention\n\nBins of equal mass. What is picked is the hardest to be right about.\n\n"
        + table(heads, rows)
        + "\n"
        + picture("calibration", "How often picks are right, by their probability")
        + "\n"
        + picture("abstention", "Precision against coverage")
    )


def features(comparison: Comparison) -> str:
    rows = [
        [f"`{one['feature']}`", f"{one['contribution']:.3f}", percent(one["gain"]), f"{one['permutation']:.4f}",
         f"{100 * one['picks']:.2f}"]
        for one in comparison["importance"][:20]
    ]  # fmt: skip
    lost = [
        [f"{one['without']} ({', '.join(f'`{name}`' for name in one['features'])})", SCHEMES[one["scheme"]],
         points(one["lost"]), p_value(one["mcnemar"]["p"]), f"{one['auc']['value']:.3f}", f"{one['log_loss']:.3f}"]
        for one in comparison["ablations"]
    ]  # fmt: skip
    heads = ["feature", "contribution, log-odds", "gain, %", "permutation, log loss", "permutation, points of picks"]
    lost_heads = ["without", "scheme", "accepted lost, points", "McNemar's p", "AUC", "log loss"]
    return (
        "## Features\n\n"
        + picture("features", "The most important features, three ways")
        + "\nThe first twenty by their mean absolute contribution (SHAP values, on a fold that was left out):\n\n"
        + table(heads, rows)
        + "\nLeft out, one family after the other:\n\n"
        + picture("ablations", "What is lost without each family of features")
        + "\n"
        + table(lost_heads, lost)
    )


def costs(comparison: Comparison) -> str:
    timing = comparison["timing"]
    rows = [
        [SELECTORS.get(name, name), *(f"{one['ms'][size]:.3f}" for size in ("8", "32")), f"{one['load_ms']:.0f}",
         f"{one['memory_mb']:.1f}", f"{one['size'] / 1e6:.2f}"]
        for name, one in timing["selectors"].items()
    ]  # fmt: skip
    rows.append(
        ["lightgbm by its Python package", *(f"{timing['python'][size]:.3f}" for size in ("8", "32")), "", "", ""]
    )
    measuring = ", ".join(f"{ms:.1f} ms for {size}" for size, ms in timing["features"].items())
    return (
        "## What it costs\n\nMedians on one machine, shared and busy; the features of the candidates come on top, "
        f"{measuring}. [benchmarks/speed/scoring.md](../benchmarks/speed/scoring.md) has an idle one.\n\n"
        + table(["selector", "8 candidates, ms", "32 candidates, ms", "load, ms", "memory, MB", "file, MB"], rows)
    )
