"""The part of the quality report about everyday cases, from the figures of `quickfix-ls evaluate --json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quickfix_ls.errors import UsageError
from research.quality_report.tables import Figures, interval, table

_SHARES = {
    "right": "the first offer is right, or silence is",
    "in_three": "right among the first three",
    "wrong": "the first offer is wrong",
    "never": "it is one that must never come first",
    "harmful": "preferred and wrong",
    "writes_never": "`fix --write` leaves a text that must never be",
    "loses": "`fix --write` loses words that the right fix keeps",
    "alarms": "valid texts in which something is reported",
}
_STATES = {
    "right": "Right first",
    "later": "Right second or third",
    "silent": "Silent, where there is something to offer",
    "wrong": "Wrong first",
    "harmful": "Wrong, and preferred",
}


def cases_of(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of the cases in a report of `quickfix-ls evaluate --json`; UsageError if it has none."""
    found = [source["cases"] for source in report.get("sources", ()) if source.get("cases")]
    if len(found) != 1:
        raise UsageError(f"the report has {len(found)} files with cases, not one: evaluate a file of cases alone")
    return {key: value for key, value in found[0].items() if key != "misses"}


def cases_section(figures: Figures) -> str:
    """Return the section as Markdown."""
    rows = [[text, interval(figures[key])] for key, text in _SHARES.items()]
    kinds: dict[str, list[str]] = {state: [] for state in _STATES}
    for kind, state in figures["kinds"].items():
        kinds[state].append(kind)
    lists = [
        f"- **{title}** ({len(kinds[state])}): {', '.join(kinds[state]) or 'none'}" for state, title in _STATES.items()
    ]
    text = (
        f"{figures['n']} small texts, broken as people break them every day, of {len(figures['kinds'])} kinds, each "
        "with all fixes that a sensible programmer accepts. The models were not trained on them, but we looked at them "
        "while we wrote the fixers: on other texts of these kinds, less is right."
    )
    shares = table(["of all texts", "share"], rows)
    return "\n".join([f"## An everyday hour\n\n{text}\n\n{shares}\nBy kind:\n", *lists, ""])
