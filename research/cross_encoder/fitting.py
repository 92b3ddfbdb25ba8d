"""Train the upper layers and the head on what the frozen layers said, in one process that may be broken off at any
time: it goes on at the last checkpoint and comes to the same weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from quickfix_ls.training.candidate_arrays import Flags
from research.cross_encoder.activations import Activations
from research.cross_encoder.files import read_tensors, write_tensors
from research.cross_encoder.model import CrossEncoder

MARKS = (1 / 8, 1 / 4, 1 / 2, 1.0)
"""After which shares of all steps the learning curve has a point."""
_WARM_UP = 0.06
_LARGEST_GRADIENT = 1.0
_DECAY = 0.01


@dataclass(frozen=True)
class Pace:
    """How the weights are changed: how often all groups are seen, how many at a step, the highest learning rate of
    the layers and of the head, the steps between two checkpoints, and the seed of the order."""

    epochs: int = 1
    batch: int = 4
    rate: float = 2e-4
    head_rate: float = 1e-3
    kept_every: int = 25
    seed: int = 0


@dataclass(frozen=True)
class Labelled:
    """The numbers of groups among the `activations`, and for each whether its candidates are right."""

    activations: Activations
    numbers: Sequence[int]
    right: Sequence[Flags]

    @property
    def pairs(self) -> int:
        return sum(len(one) for one in self.right)


Advance = Callable[[int], None]
Measure = Callable[[], float]


def steps_of(train: Labelled, pace: Pace) -> int:
    """How many steps a training takes."""
    return pace.epochs * math.ceil(len(train.numbers) / pace.batch)


def fit(
    encoder: CrossEncoder, train: Labelled, pace: Pace, checkpoint: Path, measure: Measure, advance: Advance
) -> list[dict[str, float]]:
    """Train the encoder, from `checkpoint` on where that is one of the same training, and return the learning curve:
    what `measure` says after each share of MARKS. `advance` is told the steps that were made.

    The loss is the binary cross-entropy of single candidates plus, where a group has a right one, that of the group's
    softmax (ListNet's top-one loss, Z. Cao and others, ICML 2007). AdamW; the rate rises over the first steps and
    falls in a line to zero.
    """
    encoder.start_anew()
    optimizer = _optimizer(encoder, pace)
    total = steps_of(train, pace)
    identity = {**asdict(pace), "total": total, "pairs": train.pairs, "digest": train.activations.digest}
    begin, curve = _resume(encoder, optimizer, checkpoint, identity)
    advance(begin)
    marks = {max(1, round(share * total)): share for share in MARKS}
    for step in range(begin, total):
        _set_rates(optimizer, pace, step, total)
        _step(encoder, optimizer, train, _chosen(train, pace, step))
        done = step + 1
        if done in marks:
            pairs = round(marks[done] * train.pairs * pace.epochs)
            curve.append({"share": marks[done], "pairs": pairs, "accepted": measure()})
        if done % pace.kept_every == 0 or done in marks:
            _keep(encoder, optimizer, checkpoint, {"identity": identity, "step": done, "curve": curve})
        advance(1)
    return curve


def _chosen(train: Labelled, pace: Pace, step: int) -> list[int]:
    """The indices of a step's groups: each epoch has an order of its own."""
    per_epoch = math.ceil(len(train.numbers) / pace.batch)
    epoch, place = divmod(step, per_epoch)
    order = np.random.default_rng([pace.seed, epoch]).permutation(len(train.numbers))
    return [int(one) for one in order[place * pace.batch : (place + 1) * pace.batch]]


def _step(encoder: CrossEncoder, optimizer: Any, train: Labelled, chosen: Sequence[int]) -> None:
    optimizer.zero_grad()
    for half in (chosen[: len(chosen) // 2], chosen[len(chosen) // 2 :]):
        # Attention grows with the square of the row's length: two short rows are quicker than one.
        if half:
            states, batch = train.activations.batch([train.numbers[index] for index in half])
            scores = encoder.head(states, batch)
            loss = _loss(scores, batch.sizes, [train.right[index] for index in half]) / len(chosen)
            loss.backward()
    torch.nn.utils.clip_grad_norm_(list(encoder.trained().values()), _LARGEST_GRADIENT)
    optimizer.step()


def _loss(scores: Any, sizes: Sequence[int], right: Sequence[Flags]) -> Any:
    """The sum over the groups."""
    total = scores.new_zeros(())
    for own, flags in zip(scores.split(list(sizes)), right, strict=True):
        labels = torch.from_numpy(flags)
        total = total + binary_cross_entropy_with_logits(own, labels.float())
        if flags.any():
            total = total + own.logsumexp(0) - own[labels].logsumexp(0)
    return total


def _optimizer(encoder: CrossEncoder, pace: Pace) -> Any:
    parts = encoder.trained()
    head = [weight for name, weight in parts.items() if name.startswith("head.")]
    layers = [weight for name, weight in parts.items() if not name.startswith("head.")]
    groups = [{"params": layers, "highest": pace.rate}, {"params": head, "highest": pace.head_rate}]
    return torch.optim.AdamW(groups, lr=pace.rate, weight_decay=_DECAY)


def _set_rates(optimizer: Any, pace: Pace, step: int, total: int) -> None:
    warm = max(1, round(_WARM_UP * total))
    share = (step + 1) / warm if step < warm else (total - step) / max(1, total - warm)
    for group in optimizer.param_groups:
        group["lr"] = group["highest"] * share


def _keep(encoder: CrossEncoder, optimizer: Any, path: Path, facts: dict[str, Any]) -> None:
    states = {
        f"optimizer.{number}.{name}": torch.as_tensor(value)
        for number, state in optimizer.state_dict()["state"].items()
        for name, value in state.items()
    }
    write_tensors(path, {**encoder.trained(), **states}, facts)


def _resume(
    encoder: CrossEncoder, optimizer: Any, path: Path, identity: dict[str, Any]
) -> tuple[int, list[dict[str, float]]]:
    """The step to go on with and the curve so far."""
    if not path.exists():
        return 0, []
    tensors, facts = read_tensors(path)
    if facts["identity"] != identity:
        return 0, []
    encoder.take({name: one for name, one in tensors.items() if not name.startswith("optimizer.")})
    states: dict[int, dict[str, Any]] = {}
    for name, one in tensors.items():
        if name.startswith("optimizer."):
            _, number, key = name.split(".", 2)
            states.setdefault(int(number), {})[key] = one
    optimizer.load_state_dict({**optimizer.state_dict(), "state": states})
    return int(facts["step"]), list(facts["curve"])
