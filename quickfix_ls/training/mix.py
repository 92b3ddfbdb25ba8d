"""The frequencies of faults in people's code, counted in pairs of broken and fixed texts."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from quickfix_ls.errors import ModelError, UsageError
from quickfix_ls.training.faults import Fault, faults_of
from quickfix_ls.training.trained_language import shipped_models

SHIPPED = shipped_models() / "mix.json"
_MAX_FAULTS = 3
_STRINGS = {
    "close": 0.04, "open": 0.01, "swap": 0.01, "stray": 0.02,
    "triple close": 0.02, "triple short": 0.015, "triple open": 0.005,
}  # fmt: skip
"""The share of each fault of quotes, set by hand. One of the two counted collections of pairs has none, since it leaves
out texts that CPython can't split into tokens; in the other, a fifth of the texts have such a fault, but `faults_of`
can't determine it."""


@dataclass(frozen=True, slots=True)
class Mix:
    """The weights of a mix: `faults` has one for each fault, `counts` one for each number of faults in a text."""

    faults: dict[Fault, float]
    counts: dict[int, float]

    def with_strings(self) -> Mix:
        """Return the mix with faults of quotes added, as often as people make them."""
        whole = sum(self.faults.values())
        return Mix(
            {**self.faults, **{("quote", quote_fault): share * whole for quote_fault, share in _STRINGS.items()}},
            self.counts,
        )

    def draw(self, rng: Random) -> Fault:
        return rng.choices(list(self.faults), list(self.faults.values()))[0]

    def draw_count(self, rng: Random) -> int:
        return rng.choices(list(self.counts), list(self.counts.values()))[0]


def load_mix(path: Path | None = None) -> Mix:
    """Load the shipped mix, or that of a file. Raises ModelError if it can't be read."""
    path = path or SHIPPED
    try:
        stated = json.loads(path.read_bytes())
        return Mix(
            {
                (name, detail): float(weight)
                for name, details in stated["operators"].items()
                for detail, weight in details.items()
            },
            {int(count): float(weight) for count, weight in stated["faults"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"The mix of errors {path} can't be read: {error}. Reinstall quickfix-ls.") from None


def estimate_mix(bench_files: Sequence[Path]) -> dict[str, Any]:
    """Count the faults of the syntax rows of JSON Lines files (keys `kind`, `broken`, `fixed`).

    The result has the format that `load_mix` reads, and names its sources. Raises UsageError for a file that can't be
    read.
    """
    operators: dict[str, Counter[str]] = {}
    counts: Counter[int] = Counter()
    rows = 0
    sources = []
    for path in bench_files:
        try:
            data = path.read_bytes()
            values = [json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip()]
        except (OSError, ValueError) as error:
            raise UsageError(f"{path}: can't be read: {error}") from None
        sources.append({"name": path.name, "sha256": hashlib.sha256(data).hexdigest()})
        for value in values:
            if value.get("kind") == "syntax" and "fixed" in value:
                rows += 1
                found = faults_of(value["broken"], value["fixed"])
                if 0 < len(found) <= _MAX_FAULTS:
                    counts[len(found)] += 1
                    for name, detail in found:
                        operators.setdefault(name, Counter())[detail] += 1
    return {
        "what": "how often people break Python's syntax in which way: operator -> detail -> occurrences",
        "source": sources,
        "rows": rows,
        "understood": sum(counts.values()),
        "faults": {str(count): counts[count] for count in sorted(counts)},
        "operators": {
            name: dict(sorted(details.items(), key=lambda item: (-item[1], item[0])))
            for name, details in sorted(operators.items())
        },
    }
