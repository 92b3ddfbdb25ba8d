"""Records as the report's tests need them."""

from __future__ import annotations

from typing import Any

from quickfix_ls.training.rows import Row
from research.quality_report.records import Offered, Record


def record(*offers: Offered, **having: Any) -> Record:
    """A record of DebugBench's with these offers; all else may be said by name."""
    stated: dict[str, Any] = {
        "id": "row", "source": "debugbench.jsonl", "kind": "syntax", "edit_tokens": 1, "ms": 10.0,
        "well_formed": bool(offers), "preferred": False, "chances": (), "right": (), "way": (),
        "reached": any(one.exact for one in offers), **having,
    }  # fmt: skip
    return Record(offers=offers, **stated)


def offered(probability: float, source: str = "fixer:a", *, exact: bool = False, fixed: str = "") -> Offered:
    return Offered(probability, source, (source,), fixed, exact)


def row(broken: str, fixed: str, line: int = 1, *, kind: Any = "syntax", error: str = "invalid syntax") -> Row:
    return Row("row", kind, broken, fixed, error, line, 1)
