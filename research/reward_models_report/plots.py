"""The plots of docs/reward-models.md, each light and dark, as SVG. The same figures give the same files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt

THEMES: dict[str, dict[str, Any]] = {
    "light": {
        "ink": "#1f2328",
        "paper": "#ffffff",
        "grid": "#d1d9e0",
        "marks": ["#0969da", "#bc4c00", "#1a7f37", "#8250df"],
    },
    "dark": {
        "ink": "#e6edf3",
        "paper": "#0d1117",
        "grid": "#30363d",
        "marks": ["#58a6ff", "#f0883e", "#3fb950", "#bc8cff"],
    },
}
SCHEMES = {"folds": "five folds", "unseen": "unseen sources"}
SHOWN = ("first", "majority", "logistic", "logistic_tuned", "lightgbm", "lightgbm_lambdarank", "lightgbm_two_heads")
CURVES = ("majority", "logistic", "lightgbm")
_MOST_FEATURES = 14
_LEAST_COVERAGE = 0.02


def plot_all(comparison: dict[str, Any], folder: Path) -> None:
    """Write `<name>-light.svg` and `<name>-dark.svg` of every plot."""
    for theme in THEMES:
        for name, draw in PLOTS.items():
            with _figure(folder / f"{name}-{theme}.svg", theme) as axes:
                draw(axes, comparison, THEMES[theme]["marks"])


def selectors(axes: Any, comparison: dict[str, Any], marks: list[str]) -> None:
    for offset, (scheme, title), mark in zip((-0.16, 0.16), SCHEMES.items(), marks, strict=False):
        figures = comparison["schemes"][scheme]["selectors"]
        names = [name for name in SHOWN if name in figures]
        for place, name in enumerate(names):
            one = figures[name]["accepted"]
            low, high = 100 * (one["value"] - one["low"]), 100 * (one["high"] - one["value"])
            axes.errorbar(
                100 * one["value"], -place - offset, xerr=[[low], [high]], fmt="o", color=mark, capsize=3,
                label=title if not place else None,
            )  # fmt: skip
    axes.axvline(
        100 * comparison["schemes"]["folds"]["possible"]["value"], color=marks[2], ls="--", label="best possible"
    )
    axes.set_yticks([-place for place in range(len(names))], [name.replace("_", " ") for name in names])
    axes.set_xlabel("top-1 accepted, % of groups")
    axes.legend(loc="lower left")


def pool(axes: Any, comparison: dict[str, Any], marks: list[str]) -> None:
    titles = {"any": "any is right", "reward": "reward model", "majority": "majority vote", "single": "one sample"}
    for (key, title), mark in zip(titles.items(), (marks[2], marks[0], marks[1], marks[3]), strict=True):
        rows = comparison["pools"]
        x = [one["generators"] for one in rows]
        axes.plot(x, [100 * one[key]["value"] for one in rows], "o-", color=mark, label=title)
        axes.fill_between(
            x, [100 * one[key]["low"] for one in rows], [100 * one[key]["high"] for one in rows], color=mark, alpha=0.15
        )
    axes.set_xscale("log", base=2)
    axes.set_xticks(x, [str(one) for one in x])
    axes.set_xlabel("sampled generators")
    axes.set_ylabel("accepted, %")
    axes.legend()


def abstention(axes: Any, comparison: dict[str, Any], marks: list[str]) -> None:
    for name, mark in zip(CURVES, (marks[1], marks[2], marks[0]), strict=True):
        for scheme, style in (("folds", "-"), ("unseen", "--")):
            figures = comparison["schemes"][scheme]["selectors"][name]
            # The first of all says nothing: it is a single answer.
            curve = [point for point in figures["abstention"] if point[0] >= _LEAST_COVERAGE]
            label = f"{name}, {SCHEMES[scheme]}"
            axes.plot([100 * x for x, _ in curve], [100 * y for _, y in curve], style, color=mark, label=label)
    axes.set_xlabel("coverage, % of groups answered")
    axes.set_ylabel("precision, % of answers right")
    axes.legend()


def calibration(axes: Any, comparison: dict[str, Any], marks: list[str]) -> None:
    axes.plot([0, 100], [0, 100], ":", color=marks[3])
    for name, mark in zip(CURVES, (marks[1], marks[2], marks[0]), strict=True):
        for scheme, style in (("folds", "o-"), ("unseen", "x--")):
            bins = comparison["schemes"][scheme]["selectors"][name]["reliability"]
            label = f"{name}, {SCHEMES[scheme]}"
            axes.plot(
                [100 * one[0] for one in bins], [100 * one[1] for one in bins], style, color=mark, ms=4, label=label
            )
    axes.set_xlabel("probability of the pick, %")
    axes.set_ylabel("picks that were right, %")
    axes.legend()


def features(axes: Any, comparison: dict[str, Any], marks: list[str]) -> None:
    ranked = comparison["importance"][:_MOST_FEATURES]
    ways = {"contribution": "contributions (SHAP)", "gain": "gain", "permutation": "permutation"}
    for offset, (way, title), mark in zip((0.25, 0.0, -0.25), ways.items(), marks, strict=False):
        total = sum(abs(one[way]) for one in comparison["importance"])
        places = [-place + offset for place in range(len(ranked))]
        axes.barh(places, [100 * one[way] / total for one in ranked], 0.25, color=mark, label=title)
    axes.set_yticks([-place for place in range(len(ranked))], [one["feature"] for one in ranked])
    axes.set_xlabel("share of all features, %")
    axes.legend(loc="lower right")


def ablations(axes: Any, comparison: dict[str, Any], marks: list[str]) -> None:
    families = list(dict.fromkeys(one["without"] for one in comparison["ablations"]))
    for offset, (scheme, title), mark in zip((-0.16, 0.16), SCHEMES.items(), marks, strict=False):
        rows = {one["without"]: one["lost"] for one in comparison["ablations"] if one["scheme"] == scheme}
        for place, family in enumerate(families):
            lost = rows[family]
            low, high = 100 * (lost["value"] - lost["low"]), 100 * (lost["high"] - lost["value"])
            axes.errorbar(
                100 * lost["value"], -place - offset, xerr=[[low], [high]], fmt="o", color=mark, capsize=3,
                label=title if not place else None,
            )  # fmt: skip
    axes.axvline(0, color=marks[3], ls=":")
    axes.set_yticks([-place for place in range(len(families))], [f"without {family}" for family in families])
    axes.set_xlabel("top-1 accepted that is lost, points")
    axes.legend()


PLOTS: dict[str, Callable[[Any, dict[str, Any], list[str]], None]] = {
    "selectors": selectors,
    "pool": pool,
    "abstention": abstention,
    "calibration": calibration,
    "features": features,
    "ablations": ablations,
}


@contextmanager
def _figure(path: Path, theme: str) -> Iterator[Any]:
    ink, paper, grid = (THEMES[theme][key] for key in ("ink", "paper", "grid"))
    look: Any = {
        "svg.hashsalt": path.stem, "svg.fonttype": "none", "font.family": "sans-serif", "figure.facecolor": paper,
        "axes.facecolor": paper, "axes.edgecolor": grid, "axes.labelcolor": ink, "text.color": ink, "xtick.color": ink,
        "ytick.color": ink, "grid.color": grid, "axes.grid": True, "axes.axisbelow": True, "legend.frameon": False,
        "axes.spines.top": False, "axes.spines.right": False,
    }  # fmt: skip
    with mpl.rc_context(look):
        figure, axes = plt.subplots(figsize=(7.5, 4.2), layout="constrained")
        yield axes
        figure.savefig(path, metadata={"Date": None, "Creator": None})
        plt.close(figure)
