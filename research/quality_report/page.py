"""The quality report as Markdown, from its figures alone, and the few figures of it that the README shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from research.quality_report.cases import cases_section
from research.quality_report.peers import peers_section
from research.quality_report.plots import PLOTS
from research.quality_report.reach import REASONS, SHAPES
from research.quality_report.sources import title_of
from research.quality_report.tables import Figures, finely, interval, percent, table

_LEAST_WINS = 5

_HEAD = """# How good the fixes are

<!-- Made by `python -m research.quality_report`: change that, then run it. -->

{rows} broken texts whose right fix is known, because a person made it. Each was given to the pipeline as an editor
would (the text, the error message, the line), ranked by models that never saw a row of its group: five folds, the
candidates included. *Exact* means the human's Python tokens, comments and blank lines aside. All shares are of all
rows, those where nothing was offered included; in brackets is the 95 % interval (Wilson).

<!-- commands: not run: it takes data sets that are not part of this repository -->
```sh
quickfix-ls train --data data --outcomes outcomes.jsonl
quickfix-ls evaluate data/cases.jsonl --json cases.json
python -m research.quality_report --outcomes outcomes.jsonl --cases cases.json --data data/*.jsonl
```

Made on {date}. The data sets are public, and not part of this repository;
[Measure and train](measure-and-train.md#the-data) says what a row is. The search has its usual time, so that a machine
with other work finds a little less; the times are those of such a machine.
"""


def quality_page(figures: Figures, peers: Sequence[Figures]) -> str:
    """The whole page; `peers` are the figures of `benchmarks/peers/compare.py`, of one server each (none: that part is
    left out)."""
    sources = figures["sources"]
    parts = [
        _HEAD.format(rows=f"{sum(one['groups'][0]['n'] for one in sources):,}", date=figures["date"]),
        "## By source, kind and size\n",
        "\n".join(map(_source_section, sources)),
        *([_names_section(figures["names"])] if figures["names"] else []),
        *([cases_section(figures["cases"])] if figures.get("cases") else []),
        _top_section(sources),
        _calibration_section(figures),
        _coverage_section(sources),
        _proposers_section(figures),
        _reach_section(sources),
        "## The worst misses\n\n[The fifty surest wrong first offers](misses.md), each beside what the human did.\n",
    ]
    if peers:
        parts.append(peers_section(peers))
    return "\n".join(parts)


def headline(figures: Figures) -> str:
    """The README's table: one row a source of syntax errors."""
    rows = []
    for one in figures["sources"]:
        if one["kind"] == "syntax":
            everything, single = one["groups"][0], _of_size(one, "1")
            rows.append([
                title_of(one["name"]), f"{everything['n']:,}", percent(everything["well_formed"]),
                interval(everything["exact"]), percent(everything["exact_within_3"]),
                percent(single["exact"]) if single else "-", percent(everything["preferred"]),
                interval(everything["precision"]),
            ])  # fmt: skip
    heads = ["syntax errors", "n", "well formed", "exact", "exact within 3", "exact, human changed one token",
             "marked preferred", "of those, exact"]  # fmt: skip
    return table(heads, rows)


def _source_section(source: Figures) -> str:
    rows = [
        [
            group["edit_tokens"], f"{group['n']:,}",
            *(interval(group[key]) for key in ("offered", "well_formed", "exact", "exact_within_3",
                                               "among_candidates", "preferred", "precision")),
        ]
        for group in source["groups"]
    ]  # fmt: skip
    heads = ["tokens changed", "n", "offered", "well formed", "exact", "exact within 3", "among all candidates",
             "preferred", "preferred: exact"]  # fmt: skip
    times = f"Time of a row: {source['ms']['p50']} ms at the median, {source['ms']['p95']} ms at the 95th percentile."
    return f"### {title_of(source['name'])}, {source['kind']}\n\n{table(heads, rows)}\n{times}\n"


def _names_section(groups: Sequence[Figures]) -> str:
    rows = [
        [group["how"], str(group["n"]), *(interval(group[key]) for key in ("offered", "right", "right_of_offered",
                                                                           "wrong_preferred", "quiet"))]
        for group in groups
    ]  # fmt: skip
    heads = ["the person's fix", "n", "offered", "right", "right of those offered", "preferred and wrong",
             "silent or not preferred"]  # fmt: skip
    text = (
        "Undefined names in the histories of real projects, by what the person did about them; *plain* means that they "
        "did nothing else. Where they defined the name or did something else, silence is right."
    )
    return f"### Undefined names, by what people did\n\n{text}\n\n{table(heads, rows)}"


def _top_section(sources: Sequence[Figures]) -> str:
    rows = [
        [_name(one), *(percent(share) for share in one["top"]), percent(one["among_candidates"])] for one in sources
    ]
    heads = ["the human's fix is", "first", *(f"within {most}" for most in range(2, len(sources[0]["top"]) + 1)),
             "among all candidates"]  # fmt: skip
    return f"## How far down one has to look\n\n{_picture('top')}\n{table(heads, rows)}"


def _calibration_section(figures: Figures) -> str:
    rows = [[_name(one), f"{one['calibration']['error']:.3f}"] for one in figures["sources"]]
    text = (
        "First offers in ten bins of equal mass by the probability that they state, and how often they were the "
        "human's fix, by the source of the rows and by the kind of the offer. The calibration error is the mean gap "
        "(Naeini, Cooper and Hauskrecht, AAAI 2015)."
    )
    auc = (
        f"Over the {figures['candidates']:,} candidates of all first steps, right ones have a higher probability than "
        f"wrong ones in {finely(figures['auc'])} of all pairs (area under the ROC curve).\n"
    )
    heads = ["first offers", "calibration error"]
    by_kind = [
        [one["kind"], f"{one['n']:,}", interval(one["right"]), f"{one['error']:.3f}", interval(one["preferred"]),
         interval(one["precision"])]
        for one in figures["kinds"]
    ]  # fmt: skip
    heads_of_kinds = ["first offers by", "n", "right", "calibration error", "preferred", "preferred: right"]
    return (
        f"## Is it as sure as it should be?\n\n{text}\n\n{_picture('calibration')}\n{table(heads, rows)}\n"
        f"{table(heads_of_kinds, by_kind)}\n{auc}"
    )


def _coverage_section(sources: Sequence[Figures]) -> str:
    rows = [[_name(one), interval(one["coverage"]["marked"]), interval(one["coverage"]["precision"])]
            for one in sources]  # fmt: skip
    text = (
        "An offer that is marked as preferred may be applied blind. The curve says how often marked offers are the "
        "human's fix if all of some probability and more were marked; the dot is what is marked: a proposer that was "
        "seen often has a threshold of its own, and what needs a look is never marked."
    )
    heads = ["offers marked preferred", "share of all rows", "the human's fix"]
    return f"## What may be applied blind\n\n{text}\n\n{_picture('coverage')}\n{table(heads, rows)}"


def _proposers_section(figures: Figures) -> str:
    often = [one for one in figures["proposers"] if one["wins"] >= _LEAST_WINS or one["loses"] >= _LEAST_WINS]
    rows = [
        [f"`{one['source']}`", *(str(one[key]) for key in ("wins", "right")), str(one["wins"] - one["right"]),
         str(one["preferred_wrong"]), str(one["loses"])]
        for one in often
    ]  # fmt: skip
    pairs = [[f"`{one['winner']}`", f"`{one['loser']}`", str(one["count"])] for one in figures["beaten"]]
    text = (
        "Whose offer came first, how often that was the human's fix, how often not, how often not though it was marked "
        "preferred; and how often the human's fix was its own while another came first. `several` is a repair of "
        f"several steps. Those with fewer than {_LEAST_WINS} are left out."
    )
    heads = ["proposer", "first", "right", "wrong", "wrong and preferred", "had it, came later"]
    beaten = table(["came first, wrongly", "had the human's fix", "rows"], pairs)
    return f"## Who proposes what\n\n{text}\n\n{table(heads, rows)}\nThe most frequent mix-ups:\n\n{beaten}"


def _reach_section(sources: Sequence[Figures]) -> str:
    columns = [one for one in sources if one["out_of_reach"]["of"]]
    rows = [[text, *(_missed(one["out_of_reach"], reason) for one in columns)] for reason, text in REASONS.items()]
    rows.append(["all misses", *(f"{one['out_of_reach']['of']} of {one['out_of_reach']['rows']:,}" for one in columns)])
    text = (
        "Each row whose first offer was not the human's fix, by the first reason that applies; in brackets the median "
        "number of tokens that the human changed. The first two are for ranking to mend, the last for the search; what "
        "lies between, the text and its error don't tell."
    )
    heads = ["why", *map(_name, columns)]
    shapes = [
        [title, *(f"{interval(one['shapes'][name][title])}, n = {one['shapes'][name][title]['of']}" for one in columns)]
        for name, classes in SHAPES.items()
        for title in classes
    ]
    by_shape = (
        "How often the first offer is the human's fix, by the number of places where that changes the text, and by how "
        "far the farthest of them is from the line of the stated error:"
    )
    heads_of_shapes = ["the human changed", *heads[1:]]
    return (
        f"## What is out of reach, and why\n\n{text}\n\n{table(heads, rows)}\n{by_shape}\n\n"
        f"{table(heads_of_shapes, shapes)}"
    )


def _missed(reach: Figures, reason: str) -> str:
    found = reach["reasons"].get(reason)
    return f"{found['count']} ({found['tokens']:g})" if found else "-"


def _name(source: Figures) -> str:
    return f"{title_of(source['name'])}, {source['kind']}"


def _of_size(source: Figures, size: str) -> Mapping[str, Any] | None:
    return next((group for group in source["groups"] if group["edit_tokens"] == size), None)


def _picture(name: str) -> str:
    """A picture that follows the reader's colours."""
    return (
        f'<picture><source media="(prefers-color-scheme: dark)" srcset="quality/{name}-dark.svg">'
        f'<img src="quality/{name}-light.svg" alt="{PLOTS[name]}"></picture>\n'
    )
