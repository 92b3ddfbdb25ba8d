"""Train the network on broken texts, or train it on with people's.

    python -m research.neural_judge pretrain EXAMPLES OUT [--minutes 30] [--threads 1]

One part in fifty of the examples is held out; how the network does there is printed as it learns.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from research.neural_judge.alphabet import Edit, Question
from research.neural_judge.network import Batch, Judge, log_probabilities

Example = tuple[Question, list[Edit]]

RATE, WORDS_A_BATCH = 1.2e-3, 1200
_WARM_UP, _REPORT_SECONDS = 0.03, 120.0


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    rng = random.Random(arguments.seed)
    examples: list[Example] = pickle.loads(arguments.examples.read_bytes())
    rng.shuffle(examples)
    held_out, learnt = examples[: len(examples) // 50], examples[len(examples) // 50 :]
    judge = Judge()
    print(f"{sum(one.numel() for one in judge.parameters()):,} parameters, {len(learnt):,} examples", flush=True)
    began = reported = time.monotonic()
    seen = 0
    optimiser = torch.optim.AdamW(judge.parameters(), RATE, weight_decay=0.01)
    for batch in batches(learnt, rng):
        done = (time.monotonic() - began) / (60 * arguments.minutes)
        if done >= 1:
            break
        learn(judge, optimiser, batch, RATE * rate_at(done))
        seen += len(batch)
        if time.monotonic() - reported > _REPORT_SECONDS:
            reported = time.monotonic()
            print(f"{done:.0%} of the time, {seen:,} examples: {describe(judge, held_out)}", flush=True)
    torch.save(judge.state_dict(), arguments.out)
    print(f"{seen:,} examples in {time.process_time():.0f} s of CPU time: {describe(judge, held_out)}")


def learn(judge: Judge, optimiser: torch.optim.Optimizer, batch: Sequence[Example], rate: float) -> None:
    for group in optimiser.param_groups:
        group["lr"] = rate
    judge.train()
    loss = torch.stack([-one.sum(1).mean() for one in log_probabilities(judge, *zip(*batch, strict=True))]).mean()
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
    optimiser.step()


def rate_at(done: float) -> float:
    """The share of the full learning rate: up quickly, then down to nothing in a straight line."""
    return min(done / _WARM_UP, (1 - done) / (1 - _WARM_UP))


def batches(examples: Sequence[Example], rng: random.Random) -> Iterator[list[Example]]:
    """Without end: examples of like length together, in an order that changes each time."""
    while True:
        ordered = sorted(examples, key=lambda one: len(one[0].words) + rng.random() * 8)
        made: list[list[Example]] = [[]]
        for one in ordered:
            if (len(made[-1]) + 1) * (len(one[0].words) + 1) > WORDS_A_BATCH:
                made.append([])
            made[-1].append(one)
        rng.shuffle(made)
        yield from made


@torch.inference_mode()
def describe(judge: Judge, examples: Sequence[Example]) -> str:
    """The mean log-probability of the right edits, in bits, and how often the likeliest place is one of them."""
    judge.eval()
    bits, right = 0.0, 0
    for start in range(0, len(examples), 50):
        some = examples[start : start + 50]
        likely = log_probabilities(judge, *zip(*some, strict=True))
        bits += sum(float(one.sum(1).mean()) / 0.6931 for one in likely)
        best = judge(Batch([question for question, _ in some]))[0].argmax(1).tolist()
        right += sum(place in dict(edits) for place, (_, edits) in zip(best, some, strict=True))
    return f"{bits / len(examples):.2f} bits, likeliest place right {right / len(examples):.1%}"


def _arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("examples", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=30, help="by the clock")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(argv)
