"""The part of the report on other language servers, from what `benchmarks/peers/compare.py` wrote, a file a server."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.errors import UsageError
from quickfix_ls.training.statistics import wilson
from research.quality_report.sources import title_of
from research.quality_report.tables import Figures, table

_TEXT = """## Beside other servers

One raw client opens the same file in each server, takes its diagnostics, pulled or published, asks for code actions at
those that lie on the line of the error or on lines that the human changed, resolves and executes what is offered as an
editor does, and compares the first quick fix that changes code, be it for something else that is reported there
(comments that silence an error are no fix). At most {most} rows of each kind, drawn with the seed {seed}; Python
{python}, {dates}: {versions}. {restarts}

Those others are made to find errors, and have no fix for most of these; that is the point of a server beside them. The
slips are planted in files of packages that no training saw. For Refactory, the human's text is the nearest solution of
somebody else, which hardly any fix can equal.

<!-- commands: not run: it takes data sets that are not part of this repository -->
```sh
python benchmarks/peers/compare.py --data data/debugbench.jsonl data/so_train.jsonl data/refactory.jsonl \\
  --bin FOLDER --rows {most} --seed {seed} --together 2 --out benchmarks/peers/figures
```

The first fix is the human's, in per cent of all rows; in brackets, one of the first three is:
"""
_FIRST = "quickfix-ls"


def together(parts: Sequence[Figures]) -> Figures:
    """The figures of several servers as one, ours first, the others by name. Raises UsageError where they were not
    asked about the same rows."""
    ordered = sorted(parts, key=lambda one: (one["server"]["name"] != _FIRST, one["server"]["name"]))
    names = [one["server"]["name"] for one in ordered]
    for part in ordered:
        if part["rows_sha256"] != ordered[0]["rows_sha256"]:
            raise UsageError(
                f"{names[0]} and {part['server']['name']} were asked about different rows: run "
                "benchmarks/peers/compare.py for both with the same --data, --rows and --seed"
            )
    by_name = dict(zip(names, ordered, strict=True))
    return {
        "dates": sorted({one["date"] for one in ordered}),
        **{key: ordered[0][key] for key in ("python", "rows_of_a_kind", "seed")},
        "servers": [one["server"] for one in ordered],
        "all": {name: one["all"] for name, one in by_name.items()},
        "groups": [
            {
                **{key: group[key] for key in ("source", "kind", "n")},
                "servers": {name: one["groups"][place]["counts"] for name, one in by_name.items()},
            }
            for place, group in enumerate(ordered[0]["groups"])
        ],
    }


def peers_section(parts: Sequence[Figures]) -> str:
    """The section as Markdown, from what `benchmarks/peers/compare.py` wrote of each server. Raises UsageError, see
    `together`."""
    peers = together(parts)
    names = [server["name"] for server in peers["servers"]]
    restarts = [f"{one['name']} {one['restarts']} times" for one in peers["servers"] if one["restarts"]]
    text = _TEXT.format(
        most=peers["rows_of_a_kind"],
        seed=peers["seed"],
        python=peers["python"],
        dates=" and ".join(peers["dates"]),
        versions=", ".join(f"{one['name']} {one['version']}" for one in peers["servers"]),
        restarts=f"Had to be started again: {', '.join(restarts)}." if restarts else "None had to be started again.",
    )
    rows = [
        [_group(group), str(group["n"]), *(_exact(group["servers"][name], group["n"]) for name in names)]
        for group in peers["groups"]
    ]
    heads = ["rows", "n", *(_head(one) for one in peers["servers"])]
    return "\n".join([text, table(heads, rows), _tested(peers, names), _rest(peers)])


def _tested(peers: Figures, names: list[str]) -> str:
    """What became of programs that bring tests, which say more than the human's text where many fixes are right."""
    rows = []
    for group in peers["groups"]:
        found = [group["servers"][name] for name in names]
        if found[0]["with_tests"]:
            counts = f"{found[0]['with_tests']} / {found[0]['judged']}"
            rows.append([_group(group), counts, *(_behaviour(one) for one in found)])
    text = (
        "Programs that bring tests, run on them after the first fix: the error is gone / all tests pass. n counts "
        "those with tests, and those of them whose human's text passes; without a fix the error stays.\n"
    )
    return f"{text}\n{table(['rows', 'n', *names], rows)}"


def _rest(peers: Figures) -> str:
    n = sum(group["n"] for group in peers["groups"])
    rows = []
    for server in peers["servers"]:
        found = peers["all"][server["name"]]
        low, high = wilson(found["exact"], n)
        rows.append([
            server["name"], _share(found["diagnosed"], n), _share(found["offered"], n),
            f"{_share(found['exact'], n)} ({100 * low:.1f} to {100 * high:.1f})",
            _ms(found["ms"]), _ms(found["ms_where_offered"]),
            *(str(server[key]) for key in ("restarts", "timeouts", "silent", "errors")),
        ])  # fmt: skip
    heads = ["all rows", "reports something on the line", "offers a fix", "the first is the human's",
             "ms to the answer, p50 / p95", "ms to a fix, p50 / p95", "started again", "of those, no answer in 10 s",
             "files without a report in time", "errors answered"]  # fmt: skip
    return f"Over all {n:,} rows:\n\n{table(heads, rows)}"


def _head(server: Figures) -> str:
    """A server's name; one that fell over says so, since its rows without an answer count as without a fix."""
    return f"{server['name']} (started again {server['restarts']} times)" if server["restarts"] else server["name"]


def _group(group: Figures) -> str:
    return f"{title_of(group['source'])}: {group['kind']}"


def _exact(found: Figures, n: int) -> str:
    return f"{_share(found['exact'], n)} ({_share(found['exact_within_3'], n)})" if found["offered"] else "no fix"


def _behaviour(found: Figures) -> str:
    if not found["offered"]:
        return "no fix"
    passing = _share(found["tests_pass"], found["judged"]) if found["judged"] else "-"
    return f"{_share(found['error_gone'], found['with_tests'])} / {passing}"


def _share(count: int, n: int) -> str:
    return f"{100 * count / n:.0f} %"


def _ms(times: Figures) -> str:
    return "-" if times["p50"] is None else f"{times['p50']:g} / {times['p95']:g}"
