"""What other language servers offer on the same broken files, asked by the same raw client.

    python benchmarks/peers/compare.py --data debugbench.jsonl so_train.jsonl refactory.jsonl --bin FOLDER \
      --out FOLDER --together 2

Each server is started over stdio in a folder of its own. Each row's broken text is written there and opened, and the
server's diagnostics are pulled where it can be asked, or its first published ones awaited. It is asked for code actions
(Invoked, all kinds) at the range of each of its diagnostics that overlaps or touches the line of the error or a line
that the human changed, with the diagnostics there, whole, in the context, nearest to the error first; where none does,
at the nearest one and at the line of the error. Quick fixes are applied in the order of Visual Studio Code's menu:
those without an edit are resolved (`codeAction/resolve`), and those that have none even then are executed
(`workspace/executeCommand`, the edit by `workspace/applyEdit`). Those that change no token (a comment that silences the
error) are no fix. The first, and the first three, are compared with the human's text by their tokens; where the row
brings tests, they are run on the text that the first makes. The time is from the first request to the first edit. A
server that dies, or does not answer in ten seconds, is started again; the row counts as without a fix.

`--bin` has the programs of the others (`ruff`, `ty`, `basedpyright-langserver`, `pylsp`, `jedi-language-server`); those
that are missing are left out. All are told which interpreter the rows are for, but pylsp, whose index of imports covers
what its own interpreter finds: a `.pth` file beside it has to name the packages' folder.

Each server's figures are a JSON file of its own in `--out`, for `research.quality_report`; `--servers NAME ...` makes
only some anew. With 30 rows of each source and kind, 401 in all, and `--together 2`, all six take some 12 minutes on
two free cores.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import json
import multiprocessing
import platform
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.peers.rows import PeerRow, peer_rows, sameness
from benchmarks.peers.servers import Server, servers
from benchmarks.peers.sessions import Answer, Session, Troubles
from quickfix_ls.training.rows import Behaviour
from quickfix_ls.training.statistics import quantile


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="files of broken and mended texts")
    parser.add_argument("--bin", type=Path, default=Path(sys.executable).parent, help="where the others' programs are")
    parser.add_argument("--servers", nargs="*", help="only these, by name (default: all that there are)")
    parser.add_argument("--rows", type=int, default=30, help="at most so many of each source and kind (default: 30)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--together", type=int, default=1, help="servers at a time, each its own process (default: 1)")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the figures, one file a server")
    options = parser.parse_args()
    chosen = [one for one in servers(options.bin) if not options.servers or one.name in options.servers]
    if missing := set(options.servers or ()) - {one.name for one in chosen}:
        parser.error(f"--servers: not there: {', '.join(sorted(missing))}")
    options.out.mkdir(parents=True, exist_ok=True)
    rows = peer_rows(options.data, options.rows, options.seed)
    asked = {"rows_of_a_kind": options.rows, "seed": options.seed, "rows_sha256": sameness(rows)}
    with ProcessPoolExecutor(options.together, multiprocessing.get_context("spawn")) as pool:
        under_way = {pool.submit(answers_of, server, rows): server for server in chosen}
        for done in as_completed(under_way):
            server = under_way[done]
            answers, troubles, seconds = done.result()
            about = {"name": server.name, "version": server.version, **asdict(troubles), "seconds": round(seconds)}
            made = {**_today(), **asked, "server": about, **figures(rows, answers)}
            (options.out / f"{server.name}.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
            print(f"{server.name} {server.version}: {len(rows)} rows in {seconds:.0f} s, {troubles}", file=sys.stderr)


def answers_of(server: Server, rows: Sequence[PeerRow]) -> tuple[list[Answer], Troubles, float]:
    """The server's answer to each row, what went wrong with it, and the seconds that all took."""
    return asyncio.run(_answers_of(server, rows))


async def _answers_of(server: Server, rows: Sequence[PeerRow]) -> tuple[list[Answer], Troubles, float]:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        session = await Session.start(server, Path(folder))
        try:
            answers = [await session.answer(row) for row in rows]
        finally:
            await session.stop()
    return answers, session.troubles, time.perf_counter() - began


def figures(rows: Sequence[PeerRow], answers: Sequence[Answer]) -> dict[str, Any]:
    """One server's counts over all rows and of each source and kind, and the titles of what it offered, row by row."""
    groups: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for row, answer in zip(rows, answers, strict=True):
        groups[row.source, row.kind].append(answer)
    offered = [(row, answer) for row, answer in zip(rows, answers, strict=True) if answer.titles]
    return {
        "all": _counts(answers),
        "groups": [
            {"source": source, "kind": kind, "n": len(theirs), "counts": _counts(theirs)}
            for (source, kind), theirs in groups.items()
        ],
        "offered": [{"row": row.row.id, "titles": answer.titles, "rank": answer.rank} for row, answer in offered],
    }


def _today() -> dict[str, str]:
    return {"date": datetime.date.today().isoformat(), "python": platform.python_version()}


def _counts(answers: Sequence[Answer]) -> dict[str, Any]:
    return {
        "diagnosed": sum(one.is_diagnosed for one in answers),
        "offered": sum(bool(one.titles) for one in answers),
        "exact": sum(one.rank == 0 for one in answers),
        "exact_within_3": sum(one.rank is not None for one in answers),
        **_behaviours([one.behaviour for one in answers if one.behaviour is not None]),
        "ms": _times(answers),
        "ms_where_offered": _times([one for one in answers if one.titles]),
    }


def _behaviours(found: Sequence[Behaviour]) -> dict[str, int]:
    judged = [one.tests_pass for one in found if one.tests_pass is not None]
    return {
        "with_tests": len(found),
        "error_gone": sum(one.error_gone for one in found),
        "judged": len(judged),
        "tests_pass": sum(judged),
    }


def _times(answers: Sequence[Answer]) -> dict[str, float | None]:
    times = [one.ms for one in answers if one.ms is not None]
    return {f"p{share}": round(quantile(times, share / 100), 1) if times else None for share in (50, 95)}


if __name__ == "__main__":
    main()
