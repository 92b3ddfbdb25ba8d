"""How long a code action takes right after a change of one character, beside other servers and by file
length.

python benchmarks/speed/latency.py [--requests N] [--rows DATA.jsonl...] [--limit N]

1. A file of 1,000 lines with an unclosed bracket in its middle: each server gets a change of one character
in the broken function, then is asked for code actions there; p50 and p95 of the request. `ruff server` and
`pylsp` run in turn, where they are installed, on the same text with the same client.
2. The same for quickfix-ls at 500 and 50,000 lines, many functions and one huge class; the ratio of the
medians. 3. With --rows: on how many of the rows the first offer of an Automatic request, which may take 300
ms, is the first offer of an Invoked one. The rows are those of `quickfix-ls evaluate`: {"text" or "broken",
"line", ...}.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.speed.texts import module_of
from tests.kit import SERVE, Buffer, RawClient, ResponseError

CAPABILITIES = {
    "workspace": {"workspaceEdit": {"documentChanges": True}},
    "textDocument": {
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
            "isPreferredSupport": True,
        },
        "publishDiagnostics": {"versionSupport": True},
    },
}
WARM_UP = 5


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--rows", type=Path, nargs="*", default=[])
    parser.add_argument("--limit", type=int, default=100, help="rows of each file (default: 100)")
    arguments = parser.parse_args()
    await beside_others(arguments.requests)
    await by_length(arguments.requests)
    for path in arguments.rows:
        await automatic_against_invoked(path, arguments.limit)


async def beside_others(requests: int) -> None:
    servers: dict[str, Sequence[str] | None] = {
        "quickfix-ls": SERVE,
        "ruff server": [found, "server"] if (found := _command("ruff")) else None,
        "pylsp": [found] if (found := _command("pylsp")) else None,
    }
    text, cursor = module_of(1_000)
    print("code action after a change of one character, 1,000 lines, ms")
    for name, command in servers.items():
        if command is None:
            print(f"  {name}: not installed")
            continue
        times, offers = await measured(command, text, cursor, requests)
        print(f"  {name}: {summary(times)}, {offers} of {requests} with a quick fix")


async def by_length(requests: int) -> None:
    print("quickfix-ls by the length of the file, ms")
    for shape, one_class in (("functions", False), ("one class", True)):
        medians = []
        for lines in (500, 50_000):
            text, cursor = module_of(lines, one_class=one_class)
            times, offers = await measured(SERVE, text, cursor, requests)
            medians.append(statistics.median(times))
            print(f"  {text.count(chr(10))} lines, {shape}: {summary(times)}, {offers} of {requests} with a quick fix")
        print(f"  ratio of the medians: {medians[1] / medians[0]:.2f} (target: at most 2.5)")


async def measured(command: Sequence[str], text: str, cursor: int, requests: int) -> tuple[list[float], int]:
    """Milliseconds of each request, and how many of them got a quick fix."""
    client = await RawClient.start(command)
    await client.initialize(CAPABILITIES)
    buffer = Buffer(client, text)
    published = await client.notification("textDocument/publishDiagnostics", uri=buffer.uri)
    at = text.index("print(name, value)") + len("print(name, value")
    line = buffer.position(cursor)["line"]
    near = [one for one in published["diagnostics"] if abs(one["range"]["start"]["line"] - line) <= 1]
    times, offers = [], 0
    for number in range(requests + WARM_UP):
        buffer.replace(at, at + number % 2, "" if number % 2 else " ")
        began = time.perf_counter()
        try:
            actions = await buffer.actions(cursor, diagnostics=near, only=["quickfix"])
        except ResponseError as error:
            sys.exit(f"{command}: {error}")
        if number >= WARM_UP:
            times.append((time.perf_counter() - began) * 1000)
            offers += bool(actions)
    await client.stop()
    return times, offers


async def automatic_against_invoked(path: Path, limit: int) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:limit]]
    client = await RawClient.start()
    await client.initialize(CAPABILITIES)
    same, times, asked = 0, [], 0
    for number, row in enumerate(rows):
        text = row.get("broken", row.get("text", ""))
        firsts = []
        for trigger in (2, 1):
            buffer = Buffer(client, text, f"untitled:{number}-{trigger}")
            began = time.perf_counter()
            actions = await buffer.actions(*_place(text, row), triggerKind=trigger)
            if trigger == 2:
                times.append((time.perf_counter() - began) * 1000)
            firsts.append(actions[0]["edit"] if actions else None)
            client.notify("textDocument/didClose", {"textDocument": {"uri": buffer.uri}})
        asked += 1
        same += _bare(firsts[0]) == _bare(firsts[1])
    await client.stop()
    print(
        f"{path.name}: Automatic's first offer is Invoked's on {same} of {asked} rows; Automatic, ms: {summary(times)}"
    )


def _place(text: str, row: dict[str, Any]) -> tuple[int, int]:
    """The start and end of the row's line, 1-based there."""
    lines = text.splitlines(keepends=True)
    line = min(max(int(row.get("line") or 1), 1), max(1, len(lines)))
    start = sum(map(len, lines[: line - 1]))
    return start, start + len((lines[line - 1] if lines else "").rstrip("\r\n"))


def _bare(edit: dict[str, Any] | None) -> object:
    return None if edit is None else [change["edits"] for change in edit["documentChanges"]]


def summary(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered):.1f}, p95 {ordered[int(len(ordered) * 0.95)]:.1f}"


def _command(name: str) -> str | None:
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name)


if __name__ == "__main__":
    asyncio.run(main())
