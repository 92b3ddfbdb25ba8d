"""A stored candidate set as arrays, group by group: what the ranking models are fitted to and compared on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.training.fitting import FeatureTable
from quickfix_ls.training.stored import features_of, keys_of, read_candidates

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Candidates:
    """All candidates, those of one group (one step of one row) beside each other: `x` (candidates x features), and
    for each its `votes` (how many proposed it), `place` in its group, `choice` (the number of its group, rising),
    `step`, `owner` (what must stay on one side of a split), `source`, `kind`, `size` (tokens that the human changed),
    `origin` (`fixer`, `search`, `both` or `model`), its two labels and its `fold`."""

    x: Floats
    votes: Ints
    place: Ints
    choice: Ints
    step: Ints
    owner: Texts
    source: Texts
    kind: Texts
    size: Ints
    origin: Texts
    accepted: Flags
    executes: Flags
    fold: Ints

    @classmethod
    def read(cls, path: Path) -> Candidates:
        """Raises UsageError for what is no candidate set, ModelError for one with other features."""
        return cls.of(read_candidates(path)[0])

    @classmethod
    def of(cls, table: Any) -> Candidates:
        """From a table as `stored` has it."""
        groups = [(row, step) for row, step, _ in keys_of(table)]
        begins = [group != before for before, group in pairwise([None, *groups])]

        def column(name: str, kind: type) -> Any:
            return np.array(table[name].to_pylist(), dtype=kind)

        proposers = table["proposers"].to_pylist()
        return cls(
            features_of(table),
            np.array([len(one) for one in proposers], dtype=np.int64),
            column("place", np.int64),
            np.cumsum(begins) - 1,
            column("step", np.int64),
            column("group", str),
            column("source", str),
            column("kind", str),
            column("edit_tokens", np.int64),
            np.array([_origin(one) for one in proposers], dtype=str),
            column("accepted", np.bool_),
            column("executes", np.bool_),
            column("fold", np.int64),
        )

    @property
    def right(self) -> Flags:
        """Both labels: accepted, and it executes."""
        return self.accepted & self.executes

    def only(self, chosen: Flags) -> Candidates:
        return Candidates(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def table(self, labels: Flags) -> FeatureTable:
        """What the fits of `fitting` take."""
        return FeatureTable(self.x, labels.astype(np.int64), self.choice, self.owner)

    @cached_property
    def starts(self) -> Ints:
        """Where each group begins."""
        return np.flatnonzero(np.diff(self.choice, prepend=-1))

    @cached_property
    def groups(self) -> list[Ints]:
        """The places of each group's candidates."""
        return np.split(np.arange(len(self.choice)), self.starts[1:])

    def first(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """One value a group, of its first candidate."""
        return values[self.starts]


def picks(scores: Floats, candidates: Candidates) -> Ints:
    """The index of each group's best candidate, the first of equals (groups)."""
    return np.array([places[int(np.argmax(scores[places]))] for places in candidates.groups], dtype=np.int64)


def calibrated(calibration: Calibration, scores: Floats, candidates: Candidates) -> Floats:
    """The probabilities of all candidates, calibrated group by group (candidates)."""
    found = np.zeros(len(scores))
    for places in candidates.groups:
        found[places] = calibration.probabilities(scores[places].tolist())
    return found


def _origin(proposers: list[str]) -> str:
    families = {one.split(":", 1)[0] for one in proposers}
    return families.pop() if len(families) == 1 else "both"
