"""The network as a proposer by itself, and how long a reading takes.

    python -m research.neural_judge proposer STEPS JUDGE [--readings 300]

Asks it about the rows whose human fix is one token and one edit of its window, and looks whether that is among its
likeliest. An answer counts when it makes the human's words, names and literals by class alone, which nobody could
offer yet: it errs in the network's favour. Prints Markdown.
"""

from __future__ import annotations

import argparse
import pickle
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from quickfix_ls.plausibility import FILE, Plausibility
from quickfix_ls.training.trained_language import shipped_models, trained_language
from research.neural_judge.alphabet import ANSWERS, DELETE, Edit, Question, answer
from research.neural_judge.asked import MOST, Asked, Rows, is_asked, print_ranks
from research.neural_judge.network import Batch, Judge

_PLACES = 12


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(1)
    rows: Rows = pickle.loads(arguments.steps.read_bytes())
    judge = Judge()
    judge.load_state_dict(torch.load(arguments.judge))
    judge.eval()
    print_ranks(
        {
            "network": ranks_of(
                judge, rows.steps, Plausibility.load(trained_language().tokenizer, shipped_models() / FILE)
            )
        }
    )
    times = sorted(_milliseconds(judge, step.question) for step in rows.steps[: arguments.readings])
    longest = max((step.question for step in rows.steps), key=lambda question: len(question.words))
    slow = statistics.median(_milliseconds(judge, longest) for _ in range(30))
    print(
        f"\nA reading takes {statistics.median(times):.1f} ms of the processor at the median, "
        f"{times[int(0.95 * len(times))]:.1f} ms at the 95th percentile, {slow:.1f} ms for {len(longest.words)} words; "
        "torch, one thread, 32-bit floats."
    )


def ranks_of(judge: Judge, steps: Sequence[Asked], plausibility: Plausibility) -> list[int]:
    """The place of the human's edit among the network's, from 0, for each step that is asked; MOST where it is none."""
    judge.eval()
    ranks = []
    for step in filter(is_asked, steps):
        words = [answer(word) for word in plausibility.words(step.question.words)]
        wanted = _applied(words, step.wanted[0])
        texts = [_applied(words, edit) for edit in likeliest(judge, step.question)]
        ranks.append(texts.index(wanted) if wanted in texts else MOST)
    return ranks


@torch.inference_mode()
def likeliest(judge: Judge, question: Question, most: int = MOST) -> list[Edit]:
    """The network's own edits, the likeliest first, out of its likeliest places."""
    places, state = judge(Batch([question]))
    best = places[0].topk(min(_PLACES, places.shape[1]))
    said = judge.answers(state, torch.zeros_like(best.indices), best.indices)
    said[best.indices % 2 == 0, DELETE] = -torch.inf
    joint = (best.values[:, None] + said).flatten().topk(most).indices.tolist()
    return [(int(best.indices[one // len(ANSWERS)]), one % len(ANSWERS)) for one in joint]


def _applied(words: Sequence[int], edit: Edit) -> list[int]:
    place, new = edit
    index = place // 2
    return [*words[:index], *([] if new == DELETE else [new]), *words[index + place % 2 :]]


def _milliseconds(judge: Judge, question: Question) -> float:
    """Of the processor: what other programs take from it in the meantime doesn't count."""
    began = time.process_time()
    likeliest(judge, question)
    return (time.process_time() - began) * 1000


def _arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("steps", type=Path)
    parser.add_argument("judge", type=Path)
    parser.add_argument("--readings", type=int, default=300, help="how many are timed")
    return parser.parse_args(argv)
