"""Broken texts with their mended ones for the network to learn from, made of installed correct code.

    python -m research.neural_judge examples OUT [--examples 40000] [--seed 1]

They are broken as `quickfix_ls/training/corpus.py` breaks them, and cut from the files that the n-gram model learnt
from. Run it where torch is not installed, or torch's own code becomes most of what is learnt.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from quickfix_ls.plausibility import FILE, Plausibility
from quickfix_ls.problems.kinds import SYNTAX
from quickfix_ls.training.corpus import Broken, break_file
from quickfix_ls.training.groups import first_stop
from quickfix_ls.training.mix import load_mix
from quickfix_ls.training.rows import Row
from quickfix_ls.training.snippets import snippets
from quickfix_ls.training.source_files import plausibility_files
from quickfix_ls.training.trained_language import shipped_models, trained_language
from research.neural_judge.alphabet import Edit, Question, Region

Example = tuple[Question, list[Edit]]

_PIECES = 6
"""How many pieces of a file may hold one error: a whole file would be parsed anew for each."""


def main() -> None:
    arguments = _arguments()
    plausibility = Plausibility.load(trained_language().tokenizer, shipped_models() / FILE)
    examples: list[Example] = []
    for broken in _broken(random.Random(arguments.seed)):
        example = example_of(broken, plausibility)
        if example is not None:
            examples.append(example)
            if len(examples) % 2000 == 0 or len(examples) == arguments.examples:
                arguments.out.write_bytes(pickle.dumps(examples))
                print(len(examples), flush=True)
        if len(examples) == arguments.examples:
            return


def example_of(row: Broken, plausibility: Plausibility) -> Example | None:
    """The question that a row asks, and its edits; None where they lie outside of what the network sees."""
    found = first_stop(Row("", SYNTAX, row.broken, row.fixed, row.error, row.line, 0))
    if found is None:
        return None
    region, context = found
    head, tail = row.broken[: region.start], row.broken[region.end :]
    if not (row.fixed.startswith(head) and row.fixed.endswith(tail)):
        return None
    seen = Region(context, plausibility)
    edits = seen.edits_to(row.fixed[len(head) : len(row.fixed) - len(tail)])
    return (seen.question, edits) if edits else None


def _broken(rng: random.Random) -> Iterator[Broken]:
    """Broken texts without end, each file about equally often."""
    mix = load_mix()
    files = [file for file in plausibility_files() if "encodings" not in file.path.parts]
    while True:
        for file in rng.sample(files, len(files)):
            pieces = snippets(file.text() or "")
            for _ in range(min(_PIECES, len(pieces))):
                some = "\n\n".join(rng.sample(pieces, min(_PIECES, len(pieces))))
                broken = break_file(some, rng, mix)
                if broken is not None:
                    yield broken


def _arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--examples", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(argv)
