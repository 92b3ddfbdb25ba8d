"""The steps of people's broken texts: what may be done in each, as the ranker sees it and as the network does.

    python -m research.neural_judge rows OUT ROWS.jsonl ... [--share 1.0] [--seed 0]

Takes a few minutes for the syntax rows of `debugbench.jsonl` and `so_train.jsonl`; it needs no torch.
"""

from __future__ import annotations

import argparse
import asyncio
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

from quickfix_ls.pipeline import Pipeline
from quickfix_ls.ranking.features import features
from quickfix_ls.training.exactness import is_exact
from quickfix_ls.training.groups import LabelledStep, steps_of
from quickfix_ls.training.inputs import proposing_pipeline
from quickfix_ls.training.rows import Row, read_source
from research.neural_judge.alphabet import Region
from research.neural_judge.asked import Asked, Rows


def main() -> None:
    arguments = _arguments()
    rows = [(path.stem, row) for path in arguments.rows for row in read_source(path).rows if row.kind == "syntax"]
    groups = sorted({row.group for _, row in rows})
    chosen = set(random.Random(arguments.seed).sample(groups, round(arguments.share * len(groups))))
    rows = [(source, row) for source, row in rows if row.group in chosen]
    known = {row.id: (source, row.group, row.edit_tokens) for source, row in rows}
    pipeline = proposing_pipeline()
    steps: list[Asked] = []
    for number, (source, row) in enumerate(rows, 1):
        steps += asyncio.run(_asked(pipeline, source, row))
        if number % 200 == 0:
            print(f"{number} of {len(rows)}", flush=True)
    arguments.out.write_bytes(pickle.dumps(Rows(steps, known)))


async def _asked(pipeline: Pipeline, source: str, row: Row) -> list[Asked]:
    return [_of_step(pipeline, source, row, step) async for step in steps_of(pipeline, row)]


def _of_step(pipeline: Pipeline, source: str, row: Row, step: LabelledStep) -> Asked:
    seen = Region(step.context, pipeline.plausibility)
    inside = row.fixed.startswith(step.head) and row.fixed.endswith(step.tail)
    fixed = row.fixed[len(step.head) : len(row.fixed) - len(step.tail)]
    return Asked(
        row.id,
        source,
        row.group,
        row.edit_tokens,
        step.number,
        seen.question,
        features(step.context, step.considered, pipeline.plausibility),
        step.leads,
        [
            leading and one.change.fault is None and is_exact(row.kind, step.text(one), row.fixed)
            for one, leading in zip(step.considered, step.leads, strict=True)
        ],
        [seen.edits_to(one.change.after.text) for one in step.considered],
        seen.edits_to(fixed) if inside else [],
    )


def _arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("rows", type=Path, nargs="+")
    parser.add_argument("--share", type=float, default=1.0, help="of the groups, chosen at random")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args(argv)
