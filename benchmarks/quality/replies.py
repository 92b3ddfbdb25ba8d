"""Malformed answers by the hundred about real broken texts: none may raise, and no edit may pass by validation.

python benchmarks/quality/replies.py DATA.jsonl... [--replies N] [--seed S]

An answer is made of the human's fix of a row, written in one of the forms that models use (numbered lines, fences,
diffs, SEARCH/REPLACE, JSON, the whole region), and then damaged: cut, its numbers shifted, its indentation dropped,
prose put around it, lines doubled or mixed with another row's. Each goes the whole way to an offer. What is offered is
applied to the text and compiled by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from quickfix_ls.candidates.generate import Asking, Wanted
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_at
from quickfix_ls.training.exactness import is_exact, is_well_formed
from quickfix_ls.training.rows import Row, read_source
from quickfix_ls.values import Delta, Offer, Prompt, Reported, apply_edits
from tests.kit_python import PYTHON, python_index

Form = Callable[[list[str], list[str], int], str]


def numbered(before: list[str], after: list[str], first: int) -> str:
    return "\n".join(f"{first + index}|{line}" for index, line in enumerate(after[: len(before)]))


def whole(before: list[str], after: list[str], first: int) -> str:
    return "\n".join(after)


def fenced(before: list[str], after: list[str], first: int) -> str:
    return f"Here is the fix:\n```python\n{whole(before, after, first)}\n```"


def replaced(before: list[str], after: list[str], first: int) -> str:
    return "\n".join(["<<<<<<< SEARCH", *before, "=======", *after, ">>>>>>> REPLACE"])


def diff(before: list[str], after: list[str], first: int) -> str:
    lines = [f"@@ -{first},{len(before)} +{first},{len(after)} @@", *(f"-{one}" for one in before)]
    return "\n".join(["```diff", *lines, *(f"+{one}" for one in after), "```"])


def structured(before: list[str], after: list[str], first: int) -> str:
    return json.dumps({"lines": [{"line": first + index, "text": line} for index, line in enumerate(after)]})


FORMS: Sequence[Form] = (numbered, whole, fenced, replaced, diff, structured)


def damaged(answer: str, other: str, dice: random.Random) -> str:
    """The answer with one to three things wrong."""
    for _ in range(dice.randint(1, 3)):
        lines = answer.split("\n")
        at = dice.randrange(len(lines))
        damage = dice.randrange(9)
        if damage == 0:
            answer = answer[: dice.randint(0, len(answer))]
        elif damage == 1:
            answer = "\n".join(line.lstrip() for line in lines)
        elif damage == 2:
            answer = "\n".join([*lines[:at], lines[at], *lines[at:]])
        elif damage == 3:
            answer = f"Sure! The problem is on line {at}: it is never closed.\n\n{answer}\n\nLet me know."
        elif damage == 4:
            answer = "\n".join([*lines[:at], *other.split("\n")[:2], *lines[at + 1 :]])
        elif damage == 5:
            answer = answer.replace("|", " | ").replace("    ", "\t")
        elif damage == 6:
            shift = dice.choice((-2, -1, 1, 2, 50))
            heads = (line.partition("|") for line in lines)
            shifted = (f"{int(a) + shift}|{c}" if a.isdecimal() and b else a + b + c for a, b, c in heads)
            answer = "\n".join(shifted)
        elif damage == 7:
            answer = f"```\n{answer}"
        else:
            answer = "".join(char for char in answer if dice.random() > 0.01)
    return answer


def answer_about(row: Row, other: str, dice: random.Random) -> str:
    before, after = row.broken.split("\n"), row.fixed.split("\n")
    first = max(0, row.line - dice.randint(1, 4))
    last = min(len(before), row.line + dice.randint(0, 3))
    piece = after[first : last + len(after) - len(before)] or [""]
    return damaged(dice.choice(FORMS)(before[first:last], piece, first + 1), other, dice)


async def offers_for(pipeline: Pipeline, row: Row, answer: str) -> tuple[Offer, ...]:
    async def stream(prompt: Prompt, seconds: float, path: str) -> AsyncGenerator[Delta, None]:
        yield Delta(answer)
        yield Delta("", "stop")

    snapshot = Snapshot.of(row.broken)
    span = snapshot.line_span(row.line - 1)
    index = python_index(snapshot)
    problems = find_at(index, span, (Reported(row.error, span),))
    models = Asking(stream, "scripted", Wanted(("plain",)), 30.0, always=True)
    return await pipeline.final_offers(index, problems[0], Budget(0.5, 20), models) if problems else ()


async def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--replies", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    dice = random.Random(arguments.seed)
    rows = [row for path in arguments.data for row in read_source(path).rows if row.kind == "syntax"]
    pipeline = Pipeline.load(PYTHON, min_probability=0)
    counted: Counter[str] = Counter()
    for _ in range(arguments.replies):
        row = dice.choice(rows)
        answer = answer_about(row, dice.choice(rows).broken, dice)
        try:
            offers = await offers_for(pipeline, row, answer)
        except Exception as error:
            counted["raised"] += 1
            print(f"{row.id}: {type(error).__name__}: {error}\n{answer}\n")
            continue
        written = [one for one in offers if any(source.startswith("model:") for source in one.sources)]
        counted["offered" if written else "refused"] += 1
        for one in written:
            text = apply_edits(row.broken, one.candidate.edits)
            counted["the human's fix"] += is_exact(row.kind, text, row.fixed)
            # A repair mends its region; a file with other errors elsewhere still has those.
            counted["compiles as a whole"] += is_well_formed(text)
            counted["preferred, though a model's alone"] += one.preferred and bool(one.model)
    print(f"{arguments.replies} answers: " + ", ".join(f"{name} {count}" for name, count in sorted(counted.items())))
    return 1 if counted["raised"] or counted["preferred, though a model's alone"] else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
