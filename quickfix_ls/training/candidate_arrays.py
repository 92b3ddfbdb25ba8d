"""A stored candidate set as numpy arrays; the ranking models are fitted to it and compared on it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.training.fitting import FeatureTable, removing
from quickfix_ls.training.stored import features_of, keys_of, read_candidates

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Candidates:
    """All candidates, with those of a group (a step of a row) next to each other.

    `x` has the shape (candidates, features). All other arrays have one value for each candidate: `votes` (the number of
    its proposers), `place` in its group, `choice` (the number of its group, ascending), `step`, `owner` (the unit that
    a split must not divide), `source`, `kind`, `size` (tokens that the human changed), `origin` (`fixer`, `search`,
    `both` or `model`), the two labels `accepted` and `executes`, and `fold`.
    """

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
        """Read a file. Raises UsageError if it is not a candidate set, ModelError if it has other features."""
        return cls.of(read_candidates(path)[0])

    @classmethod
    def of(cls, table: Any) -> Candidates:
        """Convert a table with the columns of `stored`."""
        groups = [(row, step) for row, step, _ in keys_of(table)]
        begins = [group != before for before, group in pairwise([None, *groups])]

        def column(name: str, kind: type) -> Any:
            return np.array(table[name].to_pylist(), dtype=kind)

        proposers = table["proposers"].to_pylist()
        return cls(
            features_of(table),
            np.array([len(sources) for sources in proposers], dtype=np.int64),
            column("place", np.int64),
            np.cumsum(begins) - 1,
            column("step", np.int64),
            column("group", str),
            column("source", str),
            column("kind", str),
            column("edit_tokens", np.int64),
            np.array([_origin(sources) for sources in proposers], dtype=str),
            column("accepted", np.bool_),
            column("executes", np.bool_),
            column("fold", np.int64),
        )

    @property
    def right(self) -> Flags:
        """True for candidates that are accepted and execute (candidates)."""
        return self.accepted & self.executes

    def only(self, chosen: Flags) -> Candidates:
        return Candidates(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def table(self, labels: Flags) -> FeatureTable:
        """Return the input for `fitting` with the given labels."""
        return FeatureTable(self.x, labels.astype(np.int64), self.choice, self.owner)

    @cached_property
    def starts(self) -> Ints:
        """The index of each group's first candidate (groups)."""
        return np.flatnonzero(np.diff(self.choice, prepend=-1))

    @cached_property
    def groups(self) -> list[Ints]:
        """The indices of each group's candidates."""
        return np.split(np.arange(len(self.choice)), self.starts[1:])

    def first(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return the value of each group's first candidate (groups)."""
        return values[self.starts]


def picks(scores: Floats, candidates: Candidates) -> Ints:
    """Return the index of each group's best candidate, the first of equals (groups)."""
    return np.array([places[int(np.argmax(scores[places]))] for places in candidates.groups], dtype=np.int64)


def calibrated(calibration: Calibration, scores: Floats, candidates: Candidates) -> Floats:
    """Return the probabilities of all candidates, calibrated group by group (candidates)."""
    found = np.zeros(len(scores))
    for places in candidates.groups:
        removes = removing(candidates.x[places]).tolist()
        found[places] = calibration.probabilities(scores[places].tolist(), removes)
    return found


def _origin(proposers: list[str]) -> str:
    families = {proposer.split(":", 1)[0] for proposer in proposers}
    return families.pop() if len(families) == 1 else "both"
