"""What the network says of the candidates of people's steps: as it was pretrained, and trained on with people's rows.

    python -m research.neural_judge tune STEPS JUDGE OUT [--passes 2] [--threads 1]

STEPS is what `rows.py` wrote, JUDGE what `pretrain.py` did. Each row is judged by a copy that was trained on without
its fold; the folds are those of `evaluate.py`, by group.
"""

from __future__ import annotations

import argparse
import copy
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from quickfix_ls.plausibility import FILE, Plausibility
from quickfix_ls.training.fitting import Floats
from quickfix_ls.training.trained_language import shipped_models, trained_language
from research.neural_judge.asked import Asked, Judged, Rows, folds_of, print_ranks, table_of
from research.neural_judge.network import Judge, log_probabilities
from research.neural_judge.pretrain import batches, learn, rate_at
from research.neural_judge.proposer import ranks_of

RATE = 3e-4
_MEASURES = 5


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    rows: Rows = pickle.loads(arguments.steps.read_bytes())
    judge = Judge()
    judge.load_state_dict(torch.load(arguments.judge))
    plausibility = Plausibility.load(trained_language().tokenizer, shipped_models() / FILE)
    general = Judged(measures_of(judge, rows.steps), ranks_of(judge, rows.steps, plausibility))
    tuned = Judged(np.full_like(general.measures, np.nan), [])
    table = table_of(rows.steps)
    for learnt, tested in folds_of(table):
        seen = set(table.group[learnt].tolist())
        of_fold = train_on(judge, [step for n, step in enumerate(rows.steps) if n in seen], arguments)
        unseen = [step for n, step in enumerate(rows.steps) if n not in seen]
        tuned.measures[tested] = measures_of(of_fold, unseen)
        tuned.ranks.extend(ranks_of(of_fold, unseen, plausibility))
        print(f"trained on without {len(unseen)} steps", flush=True)
    of = {"network": general, "network, trained on": tuned}
    arguments.out.write_bytes(pickle.dumps(of))
    print_ranks({name: one.ranks for name, one in of.items()})


@torch.inference_mode()
def measures_of(judge: Judge, steps: Sequence[Asked]) -> Floats:
    """What the network says of each candidate of all steps (candidates x 5), in bits: the mean log-probability of its
    edits, the least, the mean of their places; the lead over the best other candidate, and how many are better. NaN
    where a candidate changes no word that the network sees."""
    judge.eval()
    found = []
    for step in steps:
        questions = [step.question]
        flat = [edit for edits in step.edits for edit in edits]
        likely = log_probabilities(judge, questions, [flat])[0].numpy() / np.log(2)
        parts = np.split(likely, np.cumsum([len(edits) for edits in step.edits])[:-1])
        own = np.array([_own_measures(part) for part in parts])
        best = np.where(np.isnan(own[:, 0]), -np.inf, own[:, 0])
        others = [np.delete(best, place).max(initial=-np.inf) for place in range(len(best))]
        lead = np.where(np.isfinite(others), own[:, 0] - others, 0.0)
        better = (best[None, :] > best[:, None]).sum(1)
        found.append(np.column_stack([own, lead, better]))
    return np.concatenate(found)


def _own_measures(likely: Floats) -> list[float]:
    if not len(likely):
        return [np.nan] * (_MEASURES - 2)
    both = likely.sum(1)
    return [both.mean(), both.min(), likely[:, 0].mean()]


def train_on(judge: Judge, steps: Sequence[Asked], arguments: argparse.Namespace) -> Judge:
    """A copy that was trained on with people's steps."""
    rng = random.Random(arguments.seed)
    tuned = copy.deepcopy(judge)
    examples = [(step.question, step.wanted) for step in steps if step.wanted]
    optimiser = torch.optim.AdamW(tuned.parameters(), RATE, weight_decay=0.01)
    total, seen = arguments.passes * len(examples), 0
    for batch in batches(examples, rng):
        if seen >= total:
            return tuned
        learn(tuned, optimiser, batch, RATE * rate_at(seen / total))
        seen += len(batch)
    raise AssertionError("batches never end")


def _arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("steps", type=Path)
    parser.add_argument("judge", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--passes", type=int, default=2, help="over people's rows")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args(argv)
