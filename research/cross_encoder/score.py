"""`python -m research.cross_encoder score`: the scores of groups that a trained cross-encoder never saw, as a file that
`python -m research.selector_comparison --scores` takes."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import torch
from rich.console import Console
from rich.progress import Progress

from quickfix_ls.errors import ModelError, UsageError
from quickfix_ls.training.candidate_arrays import Candidates
from quickfix_ls.training.stored import KEY, META, read_candidates
from research.cross_encoder.backbone import load_backbone
from research.cross_encoder.costs import costs, load_costs
from research.cross_encoder.files import Stored, read_tensors
from research.cross_encoder.model import CrossEncoder
from research.cross_encoder.sample import judged
from research.cross_encoder.texts import FORM, group_texts
from research.cross_encoder.train import BACKBONE


def score_cross_encoder(
    path: Path, folders: Sequence[Path], out: Path, groups: int, seed: int = 0, threads: int = 1
) -> int:
    """Write the scores of at most `groups` whole groups of each source that one of the models in `folders` left out;
    the set need not be the one that they learned from. Returns 0. The file's metadata has what `offline.scores` asks,
    and of each model its facts (`models`), with the learning curve and the probe.

    Raises UsageError where the set can't be read, has none of these sources, or the file can't be written; ModelError
    for models that can't be read.
    """
    torch.set_num_threads(threads)
    table, _ = read_candidates(path)
    candidates = Candidates.of(table)
    texts = group_texts(table, candidates)
    rows: dict[str, list[Any]] = {"index": [], "score": []}
    models: list[dict[str, Any]] = []
    measured: dict[str, Any] = {}
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        for weights in _weights(folders):
            stored = read_tensors(weights)
            encoder, facts = load_cross_encoder(weights.parent, stored), stored.facts
            chosen = judged(candidates, facts["unseen"], groups, seed)
            task = progress.add_task(f"Scoring {facts['unseen']}", total=len(chosen))
            for choice in chosen:
                rows["index"] += candidates.groups[choice].tolist()
                rows["score"] += encoder.score(texts[choice])
                progress.advance(task)
            models.append({**facts, "scored_groups": len(chosen)})
            measured = measured or {**costs(encoder, texts, candidates), **load_costs(weights)}
    if not rows["index"]:
        raise UsageError(f"{path}: it has no candidates of {', '.join(one['unseen'] for one in models)}")
    scores = table.select(KEY).take(pa.array(rows["index"]))
    scores = scores.append_column("score", pa.array(rows["score"], pa.float64()))
    scores = scores.append_column("split", pa.array(["unseen"] * len(scores)))
    meta = {"trained": _in_words(models), "models": models, **measured}
    try:
        pq.write_table(scores.replace_schema_metadata({META: json.dumps(meta)}), out, compression="zstd")
    except OSError as error:
        raise UsageError(f"{out}: can't be written: {error.strerror or error}") from error
    return 0


def load_cross_encoder(folder: Path, stored: Stored) -> CrossEncoder:
    """A trained model. Raises ModelError where its files don't fit each other."""
    try:
        layers, frozen = int(stored.facts["layers"]), int(stored.facts["frozen"])
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{folder}: the weights don't say what they belong to") from error
    if stored.facts.get("form") != FORM:
        raise ModelError(f"{folder}: the weights were trained on another form of text; train them anew")
    encoder = CrossEncoder(load_backbone(folder / BACKBONE, layers), frozen)
    encoder.take(stored.tensors)
    return encoder


def _weights(folders: Sequence[Path]) -> list[Path]:
    """The files of all trained models."""
    found = [path for folder in folders for path in sorted(folder.glob("*.safetensors"))]
    if not found:
        raise ModelError(f"{folders[0]}: no trained cross-encoder; see `python -m research.cross_encoder train`")
    return found


def _in_words(models: Sequence[dict[str, Any]]) -> str:
    one = models[0]
    each = "; ".join(
        f"{model['groups']:,} groups with {model['pairs']:,} pairs for the scores of {model['unseen']} "
        f"({model['scored_groups']:,} groups at random)"
        for model in models
    )
    return (
        f"The first {one['layers']} of the layers of {one['backbone']}, of which the lower {one['frozen']} stayed "
        f"frozen, and a linear head, fine-tuned on a CPU in 32 bits, {one['epochs']} times over the pairs, without the "
        f"source that is scored: {each}"
    )
