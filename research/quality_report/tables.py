"""Shares as figures, figures as cells, and cells as Markdown tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quickfix_ls.training import statistics

Figures = Mapping[str, Any]


def share(count: int, n: int) -> dict[str, Any]:
    """A share with its interval, to four places."""
    exact = statistics.share(count, n)
    return {key: round(value, 4) if isinstance(value, float) else value for key, value in exact.items()}


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with a line end behind it; all columns but the first are set to the right."""
    marks = ["---", *("--:" for _ in heads[1:])]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (heads, marks, *rows))


def percent(share: Figures) -> str:
    """A share in per cent; a dash where it is of nothing."""
    return "-" if share["share"] is None else f"{100 * share['share']:.0f} %"


def finely(value: float) -> str:
    """A probability in per cent to a tenth."""
    return f"{100 * value:.1f} %"


def interval(share: Figures) -> str:
    """A share in per cent with its interval."""
    if share["share"] is None:
        return "-"
    return f"{100 * share['share']:.0f} % ({100 * share['low']:.0f} to {100 * share['high']:.0f})"
