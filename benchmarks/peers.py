"""What other language servers offer on the same broken files, asked by the same raw client.

    python benchmarks/peers.py --data debugbench.jsonl so_train.jsonl refactory.jsonl --bin FOLDER --out FILE.json

Each server is started over stdio in a folder of its own. Each row's broken text is written there and opened; when the
server has published its diagnostics, or has had its time, it is asked for code actions (Invoked) on the line of the
error, with those of its diagnostics that overlap it, or at its nearest diagnostic where none does. Its quick fixes that
carry an edit are applied, after `codeAction/resolve` where the edit is left for that; those that change no token (a
comment that silences the error) are no fix. The first, and the first three, are compared with the human's text by their
tokens; where the row brings tests, they are run on the text that the first makes. The time is from the request to the
first edit. A server that dies, or does not answer in ten seconds, is started again; the row counts as without a fix.

`FOLDER` has the programs of the others (`ruff`, `ty`, `basedpyright-langserver`, `pylsp`, `jedi-language-server`);
those that are missing are left out. The figures are written as JSON, for `docs/make_quality.py`.
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
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.peer_rows import PeerRow, peer_rows
from benchmarks.peer_servers import Server, servers
from benchmarks.peer_sessions import Answer, Session
from quickfix_ls.training.rows import Behaviour
from quickfix_ls.training.statistics import quantile


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="files of broken and mended texts")
    parser.add_argument("--bin", type=Path, default=Path(sys.executable).parent, help="where the others' programs are")
    parser.add_argument("--rows", type=int, default=150, help="at most so many of each source and kind (default: 150)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--together", type=int, default=1, help="servers at a time, each its own process (default: 1)")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rows = peer_rows(options.data, options.rows, options.seed)
    answers: dict[str, list[Answer]] = {}
    tested = []
    with ProcessPoolExecutor(options.together, multiprocessing.get_context("spawn")) as pool:
        all_servers = servers(options.bin)
        for server, found in zip(all_servers, pool.map(partial(answers_of, rows=rows), all_servers), strict=True):
            answers[server.name], restarts = found
            tested.append({"name": server.name, "version": server.version, "restarts": restarts})
            print(f"{server.name} {server.version}: {len(rows)} rows, {restarts} restarts", file=sys.stderr)
    made = {
        "date": datetime.date.today().isoformat(),
        "python": platform.python_version(),
        "rows_of_a_kind": options.rows,
        "seed": options.seed,
        "servers": tested,
        "all": {name: _counts(of_all) for name, of_all in answers.items()},
        "groups": figures(rows, answers),
    }
    options.out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def answers_of(server: Server, rows: Sequence[PeerRow]) -> tuple[list[Answer], int]:
    """The server's answer to each row, and how often it had to be started again."""
    return asyncio.run(_answers_of(server, rows))


async def _answers_of(server: Server, rows: Sequence[PeerRow]) -> tuple[list[Answer], int]:
    with tempfile.TemporaryDirectory() as folder:
        session = await Session.start(server, Path(folder))
        try:
            return [await session.answer(row) for row in rows], session.restarts
        finally:
            await session.stop()


def figures(rows: Sequence[PeerRow], answers: dict[str, list[Answer]]) -> list[dict[str, Any]]:
    """The counts of each source and kind, by server."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        places[row.source, row.kind].append(place)
    return [
        {
            "source": source,
            "kind": kind,
            "n": len(theirs),
            "servers": {name: _counts([of_all[place] for place in theirs]) for name, of_all in answers.items()},
        }
        for (source, kind), theirs in places.items()
    ]


def _counts(answers: Sequence[Answer]) -> dict[str, Any]:
    return {
        "diagnosed": sum(one.is_diagnosed for one in answers),
        "offered": sum(one.offers > 0 for one in answers),
        "exact": sum(one.rank == 0 for one in answers),
        "exact_within_3": sum(one.rank is not None for one in answers),
        **_behaviours([one.behaviour for one in answers if one.behaviour is not None]),
        "ms": _times(answers),
        "ms_where_offered": _times([one for one in answers if one.offers]),
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
