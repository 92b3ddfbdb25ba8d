"""What the cross-encoder reads: what the candidates of a group share (the error and its line, with what stands above),
and for each candidate the lines that it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import pyarrow as pa

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.training.candidate_arrays import Candidates

FORM = 2
"""Raised whenever the same group gives another text: what was trained on one form can't read another."""
_AROUND = 16
"""Characters of a changed line that are kept before and after what changes, and the rest of their words: the whole line
of the problem is shared."""
_CHANGE = 24
"""Characters of what goes, and of what comes."""
_HERE, _ELSEWHERE = "+", "~"
"""How a change begins, in the line of the problem and in others."""
_COLUMNS = ("error", "problem_line", "above", "original", "candidate", "outside", "complete")


class GroupText(NamedTuple):
    """The text that all candidates of a group begin with, and each one's own `endings`."""

    context: str
    problem: str
    endings: tuple[str, ...]


def group_texts(table: pa.Table, candidates: Candidates) -> list[GroupText]:
    """The texts of a stored set's groups, in their order."""
    rows = table.select(_COLUMNS).to_pylist()
    return [
        group_text([row for row, _ in members])
        for _, members in groupby(zip(rows, candidates.choice.tolist(), strict=True), key=lambda pair: pair[1])
    ]


def group_text(rows: Sequence[Mapping[str, Any]]) -> GroupText:
    """The text of one group, from its candidates as a stored set has them."""
    error, line = rows[0]["error"], rows[0]["problem_line"]
    above = next((row["above"] for row in rows if row["original"].rstrip("\n") == line), "")
    return GroupText(above, f"{error}\n{line}\n", tuple(_ending(row, line) for row in rows))


def _ending(row: Mapping[str, Any], line: str) -> str:
    """The changed lines as they become, near the change; what goes and what comes; whether the error is then gone."""
    old, new = _changed(row["original"].splitlines(), row["candidate"].splitlines())
    before, after = "\n".join(old), "\n".join(new)
    head, tail = common_ends(before, after)
    start = _word_start(before, max(0, head - _AROUND))
    end = _word_start(before[::-1], max(0, tail - _AROUND))
    gone, come = before[head : len(before) - tail], after[head : len(after) - tail]
    parts = [
        f"{_HERE if old == [line] else _ELSEWHERE} {after[start : len(after) - end]}",
        f"{gone[:_CHANGE]} -> {come[:_CHANGE]}",
        *([f"{_HERE} {row['outside']}"] if row["outside"] else []),
        "fixed" if row["complete"] else "partly",
    ]
    return "\n".join(parts)


def _changed(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """The lines that differ."""
    head, tail = common_ends(old, new)
    return old[head : len(old) - tail], new[head : len(new) - tail]


def _word_start(text: str, place: int) -> int:
    while place and text[place - 1].isalnum():
        place -= 1
    return place
