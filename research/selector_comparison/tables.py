"""The comparison at a terminal: one table a scheme. The whole of it is in the JSON file."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

TITLES = {"folds": "five folds, by group", "unseen": "each source by what never saw it"}
_WIDTH = 150
"""Columns where the output is a file, which has no width of its own."""


def print_comparison(comparison: Mapping[str, Any]) -> None:
    """Print the figures of every selector, see `evaluation.compare` for the shapes."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    for scheme, figures in comparison["schemes"].items():
        console.print(_table(TITLES[scheme], figures))
    for name, model in comparison["elsewhere"].items():
        for scheme, figures in model["schemes"].items():
            console.print(_table(f"{name}: {TITLES[scheme]}, the groups that it scored", figures))
    console.print("Shares are of all groups; in brackets the 95 % interval of a bootstrap over problems.", markup=False)


def share(estimate: Mapping[str, float]) -> str:
    """A share in percent with its interval."""
    return f"{100 * estimate['value']:.1f} [{100 * estimate['low']:.1f}, {100 * estimate['high']:.1f}]"


def number(estimate: Mapping[str, float]) -> str:
    """A figure from 0 to 1 with its interval."""
    return f"{estimate['value']:.3f} [{estimate['low']:.3f}, {estimate['high']:.3f}]"


def _table(title: str, figures: Mapping[str, Any]) -> Table:
    counted = f"{figures['choices']} groups of {figures['problems']} problems"
    table = Table(title=f"{title} ({counted})", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("selector", "top-1 accepted, %", "executes, %", "both, %", "AUC", "NDCG@3", "ECE"):
        table.add_column(column, justify="left" if column == "selector" else "right")
    for name, one in figures["selectors"].items():
        cells = [share(one[key]) for key in ("accepted", "executes", "both")]
        cells += [number(one["auc"]), number(one["ndcg3"]), number(one["ece"]) if "ece" in one else "-"]
        table.add_row(name, *cells)
    return table
