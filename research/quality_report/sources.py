"""The public data sets that the report is about: what they are called, and whose they are."""

from __future__ import annotations

_TITLES = {
    "debugbench": "DebugBench",
    "so_train": "Stack Overflow",
    "refactory": "Refactory",
    "syntax_git": "Git histories",
    "names_git": "Git histories",
}

LICENCES = {
    "debugbench.jsonl": "[DebugBench](https://github.com/thunlp/DebugBench) by Runchu Tian and others, Apache-2.0; "
    "LeetCode solutions with planted bugs",
    "so_train.jsonl": "snippets by the users of [Stack Overflow](https://stackoverflow.com), CC BY-SA, from the "
    "collection of [breandan/cstk](https://github.com/breandan/cstk)",
}
"""Whom quoted lines are from, by the name of the data file; of other files nothing is quoted."""


def title_of(source: str) -> str:
    """What people call the data of a file."""
    return _TITLES.get(source.removesuffix(".jsonl"), source.removesuffix(".jsonl"))
