"""Fit the weights of `quickfix_ls/candidates/search/step_prior.py`, and show their effect on the search's cut.

    python -m quickfix_ls.training.fit_step_prior ROWS.jsonl ... [--limit 700]

For each row whose human fix is a single token, a logistic regression separates the human's step from all others of the
search. Its weights are divided by that of the token model's gain, which converts them to bits.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from quickfix_ls.candidates.search import MAX_CANDIDATES, Gains
from quickfix_ls.candidates.search.step_prior import TERMS, StepPrior
from quickfix_ls.candidates.search.steps import anchors, steps_of
from quickfix_ls.candidates.search.token_edits import edit_of
from quickfix_ls.plausibility import FILE, Plausibility
from quickfix_ls.training.exactness import is_exact
from quickfix_ls.training.groups import first_stop
from quickfix_ls.training.rows import Row, read_source
from quickfix_ls.training.trained_language import shipped_models, trained_language
from quickfix_ls.values import apply_edits


def main() -> None:
    arguments = _arguments()
    rows = [row for path in arguments.rows for row in read_source(path).rows]
    rows = [row for row in rows if row.kind == "syntax" and row.edit_tokens == 1]
    random.Random(arguments.seed).shuffle(rows)
    plausibility = Plausibility.load(trained_language().tokenizer, shipped_models() / FILE)
    tables = [table for row in rows[: arguments.limit] if (table := _table(row, plausibility)) is not None]
    print(f"{min(len(rows), arguments.limit)} rows; the human's step is among the steps of {len(tables)}")
    x = np.concatenate([terms for terms, _ in tables])
    y = np.concatenate([np.arange(len(terms)) == right for terms, right in tables])
    fitted = LogisticRegression(max_iter=5000).fit(x, y).coef_[0]
    fitted = fitted / fitted[0]
    for name, weight in zip(TERMS, fitted[1:], strict=True):
        print(f"  {name:24} {weight:7.2f}")
    for name, weights in (
        ("gain alone", [0.0] * len(TERMS)),
        ("in the code", trained_language().vocabulary.weights),
        ("fitted", fitted[1:]),
    ):
        kept = [_rank(terms @ np.array([1.0, *weights]), right) < MAX_CANDIDATES for terms, right in tables]
        print(f"kept by a cut at {MAX_CANDIDATES}, {name}: {np.mean(kept):.1%}")


def _table(row: Row, plausibility: Plausibility) -> tuple[np.ndarray, int] | None:
    """Return the gain and the terms of each step (steps x (1 + terms)), and the index of the human's step."""
    found = first_stop(row)
    if found is None:
        return None
    _, context = found
    steps = list(steps_of(context))
    right = next((index for index, text in _texts(context, steps, row) if is_exact("syntax", text, row.fixed)), None)
    if right is None:
        return None
    gains = Gains(context.tokens, plausibility)
    prior = StepPrior(context.problem.message, anchors(context), trained_language().vocabulary)
    return np.array([(gains.of(step), *prior.terms(step)) for step in steps]), right


def _texts(context, steps, row: Row) -> Iterator[tuple[int, str]]:  # type: ignore[no-untyped-def]
    """Yield the texts that may equal the human's: those with the same characters, ignoring white space."""
    wanted = "".join(row.fixed.split())
    for index, step in enumerate(steps):
        edit = edit_of(context, step)
        text = apply_edits(row.broken, [edit]) if edit else ""
        if "".join(text.split()) == wanted:
            yield index, text


def _rank(scores: np.ndarray, right: int) -> int:
    return int((scores > scores[right]).sum())


def _arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rows", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=700)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(argv)


if __name__ == "__main__":
    main()
