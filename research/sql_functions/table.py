"""The table of an engine's functions as the package ships it: names in lower case, with the numbers of arguments."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ANY = -1
"""The greatest number of arguments of a function that takes any number."""

KINDS = ("scalar", "aggregate", "window", "table")


@dataclass
class FunctionTable:
    """Functions by their kind: name -> (fewest, most) arguments; `hidden` are names that users have no use for."""

    engines: list[str] = field(default_factory=list)
    kinds: dict[str, dict[str, tuple[int, int]]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    hidden: set[str] = field(default_factory=set)

    def add(self, kind: str, name: str, fewest: int, most: int) -> None:
        """Add one form of a function; its numbers are joined with those of its other forms."""
        known = self.kinds[kind].setdefault(name.lower(), (fewest, most))
        widest = ANY if ANY in (known[1], most) else max(known[1], most)
        self.kinds[kind][name.lower()] = min(known[0], fewest), widest

    def write(self, path: Path) -> None:
        """Write the table as JSON, one function a line; of those that are hidden, only the names."""
        hidden = {name.lower() for name in self.hidden}
        lines = ["{", f'"engines": {json.dumps(self.engines)},']
        for kind in KINDS:
            shown = {name: counts for name, counts in sorted(self.kinds[kind].items()) if name not in hidden}
            rows = (f"  {json.dumps(name)}: {json.dumps(counts)}" for name, counts in shown.items())
            lines += [f'"{kind}": {{', ",\n".join(rows), "},"]
        lines += [f'"hidden": {json.dumps(sorted(hidden))}', "}"]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def unlisted(table: FunctionTable, kind: str, forms: Iterable[tuple[str, int, int]]) -> None:
    """Add functions that an engine's own list lacks, since its parser knows them."""
    for form in forms:
        table.add(kind, *form)
