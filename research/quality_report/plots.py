"""The pictures of the report, each once for light and once for dark pages. The same figures give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from research.quality_report.sources import title_of
from research.quality_report.tables import Figures

PLOTS = {
    "top": "How often the human's fix is among the first k offers",
    "calibration": "The probability that first offers state against how often they are right",
    "coverage": "Precision of marked offers against the share of rows that are marked",
}
"""Each picture's name, and what it shows in words."""

_THEMES = {"light": ("#1f2328", "#d1d9e0"), "dark": ("#e6edf3", "#3d444d")}
_COLOURS = ("#3b82f6", "#e8710a", "#16a34a", "#a855f7")
_LEAST_ROWS = 200
"""Sources of fewer rows make no curve worth drawing."""


def draw(figures: Figures, folder: Path) -> None:
    """Write all pictures of both themes into the folder. Needs matplotlib."""
    import matplotlib as mpl

    mpl.use("svg")
    sources = [one for one in figures["sources"] if one["groups"][0]["n"] >= _LEAST_ROWS]
    folder.mkdir(parents=True, exist_ok=True)
    for theme, (ink, grid) in _THEMES.items():
        style: Any = {
            "svg.hashsalt": "quickfix-ls", "svg.fonttype": "none", "font.family": "sans-serif",
            "text.color": ink, "axes.labelcolor": ink, "axes.edgecolor": grid, "xtick.color": ink,
            "ytick.color": ink, "grid.color": grid, "axes.grid": True, "legend.frameon": False,
        }  # fmt: skip
        with mpl.rc_context(style):
            for name, plot in (("top", _top), ("calibration", _calibration), ("coverage", _coverage)):
                _save(plot, sources, folder / f"{name}-{theme}.svg")


def _save(plot: Any, sources: Sequence[Figures], path: Path) -> None:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6.4, 4.0), layout="constrained")
    for source, colour in zip(sources, _COLOURS, strict=False):
        plot(axes, source, colour)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend()
    figure.savefig(path, transparent=True, metadata={"Date": None})
    pyplot.close(figure)


def _top(axes: Any, source: Figures, colour: str) -> None:
    shares = [*source["top"], source["among_candidates"]]
    places = range(1, len(shares) + 1)
    values = [one["share"] for one in shares]
    axes.plot(places[:-1], values[:-1], color=colour, marker="o", label=_name(source))
    axes.plot(places[-2:], values[-2:], color=colour, linestyle=":", marker="o")
    axes.fill_between(places, [one["low"] for one in shares], [one["high"] for one in shares], color=colour, alpha=0.15)
    axes.set_xticks(list(places), [*map(str, places[:-1]), "all\ncandidates"])
    axes.set(ylim=(0, 1), xlabel="offers looked at", ylabel="share of rows with the human's fix")


def _calibration(axes: Any, source: Figures, colour: str) -> None:
    bins = source["calibration"]["bins"]
    stated = [one["probability"] for one in bins]
    right = [one["right"]["share"] for one in bins]
    below = [one["right"]["share"] - one["right"]["low"] for one in bins]
    above = [one["right"]["high"] - one["right"]["share"] for one in bins]
    axes.plot([0, 1], [0, 1], color="grey", linewidth=0.8, linestyle="--")
    axes.errorbar(stated, right, yerr=(below, above), color=colour, marker="o", capsize=2, label=_name(source))
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability stated", ylabel="share that was the human's fix")


def _coverage(axes: Any, source: Figures, colour: str) -> None:
    found = source["coverage"]
    axes.plot(*zip(*found["curve"], strict=True), color=colour, label=_name(source))
    if found["precision"]["share"] is not None:
        axes.plot(found["marked"]["share"], found["precision"]["share"], color=colour, marker="o", markersize=9)
    axes.set(xlim=(0, 1), ylim=(0.5, 1), xlabel="share of rows that are marked", ylabel="precision")


def _name(source: Figures) -> str:
    return f"{title_of(source['name'])}, {source['kind']}"
