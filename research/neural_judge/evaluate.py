"""Whether the network makes the ranker better: LightGBM cross-validated on people's rows, with it and without.

    python -m research.neural_judge evaluate STEPS JUDGED

STEPS is what `rows.py` wrote, JUDGED what `tune.py` did. Folds are by group. A row is right when the first of every
step leads to the human's text and the last one is that text: what the search finds when it never turns back. Rows
without candidates count as wrong. Prints Markdown.

The network that was trained on with people's rows scores each row by the copy that did not see its fold; the trees of
a fold then learn from scores whose networks saw that fold's rows. What leaks so is in the network's favour.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.training.fitting import FeatureTable, Floats, fit_trees
from research.neural_judge.asked import MOST, Asked, Folds, Judged, Rows, folds_of, is_asked, print_ranks, table_of
from research.selector_comparison.measures import auc
from research.selector_comparison.significance import Bootstrap, mcnemar

Flags = npt.NDArray[np.bool_]

_OF_N_GRAMS = ("gain", "gain_lead", "gain_rank", "line_bits", "worst_bits", "changed_bits")
_GAIN = FEATURE_NAMES.index("gain")
_PRODUCT = "LightGBM with the n-gram model (the product's)"


def main() -> None:
    arguments = _arguments()
    rows: Rows = pickle.loads(arguments.steps.read_bytes())
    judged: dict[str, Judged] = pickle.loads(arguments.judged.read_bytes())
    general, tuned = (one.measures for one in judged.values())
    table = table_of(rows.steps)
    folds = folds_of(table)
    without = table.x.copy()
    without[:, [FEATURE_NAMES.index(name) for name in _OF_N_GRAMS]] = 0
    ways: dict[str, Floats] = {
        "n-gram model alone": table.x[:, _GAIN],
        "network alone": _known(general),
        "network alone, trained on": _known(tuned),
    }
    for name, x in {
        "LightGBM without either": without,
        _PRODUCT: table.x,
        "LightGBM with the network, trained on": np.hstack([without, tuned]),
        "LightGBM with both": np.hstack([table.x, general]),
        "LightGBM with both, trained on": np.hstack([table.x, tuned]),
    }.items():
        ways[name] = cross_scores(table, x, folds, arguments.seed)
        print(name, flush=True)
    print(f"\n{len(rows.known)} rows, {len(rows.steps)} steps, {len(table.y)} candidates\n")
    for line in report(ways, _PRODUCT, rows, table):
        print(line)
    print()
    print_ranks({**{name: one.ranks for name, one in judged.items()}, _PRODUCT: ranks_in(ways[_PRODUCT], rows.steps)})


def cross_scores(table: FeatureTable, x: Floats, folds: Folds, seed: int) -> Floats:
    """The score of each candidate by the trees that did not see its fold."""
    scores = np.zeros(len(table.y))
    for learnt, tested in folds:
        trees = fit_trees(FeatureTable(x[learnt], table.y[learnt], table.group[learnt], table.owner[learnt]), seed)
        scores[tested] = trees.predict(x[tested], raw_score=True)
    return scores


def report(ways: Mapping[str, Floats], base: str, rows: Rows, table: FeatureTable) -> Iterator[str]:
    """A Markdown table: one line a way. Intervals and differences are of a bootstrap over groups, since DebugBench has
    many rows of one program; McNemar's test takes rows for independent."""
    right = {name: right_rows(scores, rows) for name, scores in ways.items()}
    sources = sorted({source for source, _, _ in rows.known.values()})
    of = {source: np.array([known[0] == source for known in rows.known.values()]) for source in sources}
    single = np.array([known[2] == 1 for known in rows.known.values()])
    owners = np.array([known[1] for known in rows.known.values()])
    bootstrap = Bootstrap(np.unique(owners))
    yield f"| | exact at 1 (95 %) | one token | {' | '.join(sources)} | AUC | points more (95 %) | rows won, lost, p |"
    yield "|---" * (6 + len(sources)) + "|"
    for name, flags in right.items():
        mean = bootstrap.mean(flags.astype(np.float64), owners)
        against = mcnemar(flags, right[base])
        shares = [f"{flags[single].mean():.1%}", *(f"{flags[of[source]].mean():.1%}" for source in sources)]
        more = bootstrap.mean(100.0 * (flags.astype(np.float64) - right[base]), owners)
        paired = (
            f"{more['value']:+.1f} ({more['low']:+.1f} to {more['high']:+.1f}) | "
            f"{against['only_first']}, {against['only_second']}, {against['p']:.2g}"
        )
        yield (
            f"| {name} | {mean['value']:.1%} ({mean['low']:.1%} to {mean['high']:.1%}) | {' | '.join(shares)} | "
            f"{auc(ways[name], table.y == 1):.4f} | {paired if name != base else '– | –'} |"
        )


def right_rows(scores: Floats, rows: Rows) -> Flags:
    """For every row whether it is right."""
    right = dict.fromkeys(rows.known, False)
    followed: set[tuple[str, int]] = set()
    at = 0
    for step in rows.steps:
        best = int(scores[at : at + len(step.leads)].argmax())
        at += len(step.leads)
        on_way = step.number == 0 or (step.row_id, step.number - 1) in followed
        if on_way and step.leads[best]:
            followed.add((step.row_id, step.number))
            right[step.row_id] |= step.exact[best]
    return np.array(list(right.values()))


def ranks_in(scores: Floats, steps: Sequence[Asked]) -> list[int]:
    """The place of the human's text among the ranked candidates, from 0, for the steps that the network is asked."""
    ranks = []
    ends = np.cumsum([len(step.leads) for step in steps])
    for step, own in zip(steps, np.split(scores, ends[:-1]), strict=True):
        if is_asked(step):
            exact = np.array(step.exact)[np.argsort(-own, kind="stable")]
            ranks.append(int(exact.argmax()) if exact.any() else MOST)
    return ranks


def _known(measures: Floats) -> Floats:
    return np.nan_to_num(measures[:, 0], nan=-99.0)


def _arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("steps", type=Path)
    parser.add_argument("judged", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args(argv)
