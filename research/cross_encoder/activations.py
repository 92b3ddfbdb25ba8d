"""What the frozen layers say of each token, computed once and kept on disk in 16 bits: training reads it, as often as
it likes. A computation that was broken off goes on where it ended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from quickfix_ls.training.model_files import write_whole
from research.cross_encoder.model import CrossEncoder
from research.cross_encoder.packing import Batch, Tokens

_KEPT_EVERY = 64
"""Groups after which it is noted how far the computation is."""


class Activations:
    """The states of groups, by their numbers. `groups` are their tokens."""

    def __init__(self, path: Path, groups: Sequence[Tokens], encoder: CrossEncoder) -> None:
        self.groups = groups
        self._encoder = encoder
        self._starts = np.cumsum([0, *(len(group.ids) for group in groups)])
        self._noted = path.with_suffix(".json")
        self.digest = self._of_all()
        is_ours = path.exists() and self._note().get("digest") == self.digest
        shape = (int(self._starts[-1]), encoder.hidden)
        self._states = np.memmap(path, np.float16, "r+" if is_ours else "w+", shape=shape)
        self._done = int(self._note()["done"]) if is_ours else 0

    def compute(self, advance: Callable[[int], None]) -> None:
        """Make what is not there yet; `advance` is told how many groups came to be known."""
        advance(self._done)
        for number in range(self._done, len(self.groups)):
            group = [self.groups[number]]
            states = self._encoder.lower(group, Batch.of(group))[0].numpy()
            self._states[self._starts[number] : self._starts[number + 1]] = states
            if (number + 1) % _KEPT_EVERY == 0 or number + 1 == len(self.groups):
                self._states.flush()
                write_whole(self._noted, json.dumps({"digest": self.digest, "done": number + 1}).encode())
            advance(1)

    def batch(self, numbers: Sequence[int]) -> tuple[Any, Batch]:
        """The states of some groups (1 x tokens x hidden), and how they stand beside each other."""
        states = np.concatenate([self._of(number) for number in numbers]).astype(np.float32)
        return torch.from_numpy(states)[None], Batch.of([self.groups[number] for number in numbers])

    def pooled(self, number: int) -> npt.NDArray[np.float32]:
        """For each candidate of a group its last token's state beside the mean of its own tokens'."""
        group, states = self.groups[number], self._of(number).astype(np.float32)
        means = [states[group.part == part].mean(axis=0) for part in range(1, 1 + len(group.readouts))]
        return np.hstack([states[group.readouts], np.stack(means)])

    def _of(self, number: int) -> npt.NDArray[np.float16]:
        found: npt.NDArray[np.float16] = self._states[self._starts[number] : self._starts[number + 1]]
        return found

    def _note(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self._noted.read_bytes()))
        except (OSError, ValueError, TypeError):
            return {}

    def _of_all(self) -> str:
        """What tells these states from those of other texts, of another model and of another cut."""
        found = hashlib.sha256(f"{self._encoder.backbone.name} {self._encoder.frozen} {self._encoder.hidden}".encode())
        for group in self.groups:
            for part in (group.ids, group.part, group.position):
                found.update(part.astype(np.int64).tobytes())
        return found.hexdigest()
