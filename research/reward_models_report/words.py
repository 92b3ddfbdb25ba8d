"""How figures are written in docs/reward-models.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SCHEMES = {"folds": "five folds", "unseen": "unseen sources"}
SELECTORS = {
    "lightgbm_accepted": "lightgbm, accepted alone",
    "lightgbm_executes": "lightgbm, executes alone",
    "lightgbm_lambdarank": "lightgbm, lambdarank",
    "lightgbm_two_heads": "lightgbm, two heads",
    "lightgbm_tuned": "lightgbm, tuned",
    "logistic_tuned": "logistic, tuned",
    "cross_encoder": "cross-encoder",
    **{name: name for name in ("first", "majority", "logistic", "lightgbm")},
}
_LEAST_P = 1e-4


def estimate(one: Mapping[str, float], scale: float = 1, digits: int = 1) -> str:
    """A figure with its interval."""
    value, low, high = (f"{scale * one[key]:.{digits}f}" for key in ("value", "low", "high"))
    return f"{value} [{low}, {high}]"


def points(one: Mapping[str, float]) -> str:
    """A difference of shares in points, with its interval."""
    value, low, high = (f"{100 * one[key]:+.1f}" for key in ("value", "low", "high"))
    return f"{value} [{low}, {high}]"


def percent(share: float) -> str:
    return f"{100 * share:.1f}"


def p_value(p: float) -> str:
    return f"{p:.4f}" if p >= _LEAST_P else f"< {_LEAST_P:.4f}"


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in (titles, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(titles), *lines[1:]]) + "\n"


def picture(name: str, alt: str) -> str:
    """A plot, which follows the reader's theme."""
    return (
        f'<picture><source media="(prefers-color-scheme: dark)" srcset="reward-models/{name}-dark.svg">'
        f'<img alt="{alt}" src="reward-models/{name}-light.svg"></picture>\n'
    )
