"""A group as tokens: what its candidates share comes once, then each candidate's ending, which sees what is shared and
itself, but no other ending. So a candidate's score is the same as if it stood alone, for a third of the tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from quickfix_ls.training.candidate_arrays import Flags, Ints
from research.cross_encoder.texts import GroupText

MOST_SHARED = 56
MOST_OWN = 32
"""Tokens of what is shared and of an ending: at most 88 for a candidate. Of what is too long the start goes where it is
context, else the middle."""


@dataclass(frozen=True)
class Tokens:
    """One group: the `ids` of its tokens, for each its `part` (0: shared, i: the i-th ending) and its `position` in the
    text of its candidate. A candidate is read out at the last token of its ending."""

    ids: Ints
    part: Ints
    position: Ints

    @property
    def readouts(self) -> Ints:
        """The place of each candidate's last token."""
        ends: Ints = np.flatnonzero(np.diff(self.part, append=self.part[-1] + 1))
        return ends[self.part[ends] > 0]

    def only(self, chosen: Flags) -> Tokens:
        """The group with some of its candidates."""
        kept = np.concatenate([[True], chosen])[self.part]
        _, part = np.unique(self.part[kept], return_inverse=True)
        return Tokens(self.ids[kept], part, self.position[kept])


def tokens_of(text: GroupText, tokenizer: Any) -> Tokens:
    """The tokens of a group."""
    problem = _without_middle(_ids(tokenizer, text.problem), MOST_SHARED)
    room = MOST_SHARED - len(problem)
    shared = [*(_ids(tokenizer, text.context)[-room:] if room else []), *problem]
    parts = [shared, *(_without_middle(_ids(tokenizer, ending + "\n"), MOST_OWN) for ending in text.endings)]
    sizes = [len(part) for part in parts]
    positions = [np.arange(len(shared)), *(len(shared) + np.arange(size) for size in sizes[1:])]
    ids = np.array([one for part in parts for one in part], dtype=np.int64)
    return Tokens(ids, np.repeat(np.arange(len(parts)), sizes), np.concatenate(positions))


@dataclass(frozen=True)
class Batch:
    """Groups beside each other in one row of tokens: `mask` (1 x 1 x tokens x tokens, what is added to the attention's
    logits), `positions` (1 x tokens), `readouts` (a place for each candidate) and `sizes`, the candidates of each
    group."""

    mask: Any
    positions: Any
    readouts: Any
    sizes: tuple[int, ...]

    @classmethod
    def of(cls, groups: Sequence[Tokens]) -> Batch:
        lengths = [len(group.ids) for group in groups]
        owner = np.repeat(np.arange(len(groups)), lengths)
        part = np.concatenate([group.part for group in groups])
        place = np.arange(len(part))
        seen = (
            (owner[:, None] == owner)
            & (place[:, None] >= place)
            & ((part[None, :] == 0) | (part[:, None] == part[None, :]))
        )
        mask = np.where(seen, 0.0, np.finfo(np.float32).min).astype(np.float32)
        starts = np.cumsum([0, *lengths[:-1]])
        readouts = np.concatenate([start + group.readouts for start, group in zip(starts, groups, strict=True)])
        return cls(
            torch.from_numpy(mask)[None, None],
            torch.from_numpy(np.concatenate([group.position for group in groups]))[None],
            torch.from_numpy(readouts),
            tuple(len(group.readouts) for group in groups),
        )


def ids_of(groups: Sequence[Tokens]) -> Any:
    """The tokens of a batch (1 x tokens)."""
    return torch.from_numpy(np.concatenate([group.ids for group in groups]))[None]


def _ids(tokenizer: Any, text: str) -> list[int]:
    found: list[int] = tokenizer.encode(text, add_special_tokens=False)
    return found


def _without_middle(ids: list[int], most: int) -> list[int]:
    if len(ids) <= most:
        return ids
    return [*ids[: most // 2], *ids[len(ids) - (most - most // 2) :]]
