"""What `rows.py` keeps of each step, and who else reads it: classes of a script can't be read back from its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import GroupKFold

from quickfix_ls.training.crossvalidate import FOLDS
from quickfix_ls.training.fitting import FeatureTable, Floats, Ints
from research.neural_judge.alphabet import Edit, Question

Folds = list[tuple[Ints, Ints]]
MOST = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """One step of a row. Of each candidate: `rows` has the ranker's features, `leads` whether it leads to the human's
    text, `exact` whether it is that, `edits` those that the network is asked about. `wanted` are the
    edits from here to the human's text."""

    row_id: str
    source: str
    group: str
    edit_tokens: int
    number: int
    question: Question
    rows: list[list[float]]
    leads: list[bool]
    exact: list[bool]
    edits: list[list[Edit]]
    wanted: list[Edit]


@dataclass(frozen=True, slots=True)
class Rows:
    """All `steps` in order, and of every row, also of those without candidates, its file, group and edit size."""

    steps: list[Asked]
    known: dict[str, tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a network says of all candidates (`measures`, see `tune.measures_of`), and where the human's edit stands
    among its own (`ranks`, from 0, MOST where it is none) for each step that is asked."""

    measures: Floats
    ranks: list[int]


def table_of(steps: Sequence[Asked]) -> FeatureTable:
    sizes = [len(step.rows) for step in steps]
    return FeatureTable(
        np.array([row for step in steps for row in step.rows], dtype=np.float64),
        np.array([leads for step in steps for leads in step.leads], dtype=np.int64),
        np.repeat(np.arange(len(steps)), sizes),
        np.repeat(np.array([step.group for step in steps], dtype=str), sizes),
    )


def folds_of(table: FeatureTable) -> Folds:
    """What is learnt from and what is tested on, as indices of candidates: split by group."""
    return list(GroupKFold(FOLDS).split(table.x, table.y, table.owner))


def is_asked(step: Asked) -> bool:
    """Whether the network is asked for its own edits: the human's fix is one token, and one edit of its window."""
    return step.number == 0 and step.edit_tokens == 1 and len(step.wanted) == 1


def print_ranks(of: Mapping[str, Sequence[int]]) -> None:
    """A Markdown table: how often the human's edit is among the first few of each proposer."""
    print("| the human's edit is among the first | 1 | 3 | 5 | 10 |\n|---|---|---|---|---|")
    for name, ranks in of.items():
        shares = [f"{sum(rank < k for rank in ranks) / len(ranks):.1%}" for k in (1, 3, 5, MOST)]
        print(f"| {name}, {len(ranks)} rows | {' | '.join(shares)} |")
