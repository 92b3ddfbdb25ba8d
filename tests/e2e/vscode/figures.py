"""Figures and logs of these tests, kept in the folder that TESTED_FIGURES names, if it names one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path


class Figures:
    """What one run measures."""

    def __init__(self) -> None:
        named = os.environ.get("TESTED_FIGURES")
        self._folder = Path(named) if named else None

    def say(self, name: str, value: float, unit: str) -> None:
        """Keep one figure, and print it."""
        print(f"{name}: {value:g} {unit}")
        if self._folder:
            file = self._folder / "figures.json"
            stored = json.loads(file.read_text()) if file.exists() else {}
            stored[name] = f"{value:g} {unit}"
            file.write_text(json.dumps(stored, indent=2, sort_keys=True) + "\n")

    def log(self, name: str, lines: Iterable[str]) -> None:
        """Keep a log, and print it."""
        text = "\n".join(lines)
        print(f"{name}\n{text}")
        if self._folder:
            (self._folder / f"{name}.log").write_text(text + "\n")


def at(quantile: float, values: Sequence[float]) -> float:
    """The value that this share of the values doesn't exceed."""
    return sorted(values)[min(len(values) - 1, int(quantile * len(values)))]
