"""The outcomes of cross-validation as `training.outcomes` wrote them, and the texts of their rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quickfix_ls.errors import UsageError
from quickfix_ls.training.rows import Row, read_source


@dataclass(frozen=True, slots=True)
class Offered:
    """One offer of a row: its `probability`, who made it (`source`, steps joined by `+`), all who proposed it, the
    whole text it makes, and whether that is the human's, token by token."""

    probability: float
    source: str
    proposers: tuple[str, ...]
    fixed: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Record:
    """What cross-validation found for one row; the names are those of `training.outcomes`."""

    id: str
    source: str
    kind: str
    edit_tokens: int
    ms: float
    well_formed: bool
    preferred: bool
    offers: tuple[Offered, ...]
    chances: tuple[float, ...]
    right: tuple[int, ...]
    way: tuple[str, ...]
    reached: bool

    @property
    def rank(self) -> int | None:
        """The 0-based place of the first offer that is the human's fix."""
        return next((place for place, offer in enumerate(self.offers) if offer.exact), None)

    @property
    def is_right(self) -> bool:
        return self.rank == 0


def read_records(path: Path) -> list[Record]:
    """Raises UsageError, with file and line, for what `training.outcomes` has not written."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror}") from error
    records = []
    for number, line in enumerate(lines, 1):
        try:
            records.append(_record(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}:{number}: no outcome of `quickfix-ls train --outcomes` ({error})") from error
    return records


def read_rows(paths: Iterable[Path]) -> dict[str, Row]:
    """The rows of some data files by their ids. Raises UsageError for a file that can't be read."""
    return {row.id: row for path in paths for row in read_source(path).rows}


def by_source(records: Sequence[Record]) -> dict[tuple[str, str], list[Record]]:
    """The records of each source and kind, in the order in which they first come."""
    found: dict[tuple[str, str], list[Record]] = {}
    for one in records:
        found.setdefault((one.source, one.kind), []).append(one)
    return found


def _record(value: dict[str, Any]) -> Record:
    offers = tuple(
        Offered(one["probability"], one["source"], tuple(one["proposers"]), one["fixed"], one["exact"])
        for one in value["offers"]
    )
    return Record(
        id=value["id"],
        source=value["source"],
        kind=value["kind"],
        edit_tokens=value["edit_tokens"],
        ms=value["ms"],
        well_formed=value["well_formed"],
        preferred=value["preferred"],
        offers=offers,
        chances=tuple(value["chances"]),
        right=tuple(value["right"]),
        way=tuple(value["way"]),
        reached=value["reached"],
    )
