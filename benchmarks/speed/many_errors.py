"""Files with hundreds of errors: how long `fix`, "fix all" on save and code actions take, and whether all is mended.

python benchmarks/speed/many_errors.py [OTHER_CHECKOUT] [--count N] [--requests N] [--rounds N]

Made-up files of N errors (default: 300): a missing colon in each of N functions; in each of N methods of one class; in
each of N `if` statements of one function; and ten sorts of errors in N functions in turn. For each file it measures, in
seconds, `quickfix-ls fix` and `fix --write`, and the code action "fix all" of a server as an editor requests it before
a save; and in milliseconds, the 95th percentile of code actions that a user invokes at errors spread over the file,
each after a change of one character. Told too is how many of the file's broken units are left.

With OTHER_CHECKOUT, both checkouts are measured in turns, in this interpreter, and their ratio is told: a busy machine
slows both. Medians of the rounds.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.speed.latency import CAPABILITIES
from tests.kit import REPOSITORY, Buffer, RawClient, ResponseError

BOUND = 300.0
"""Seconds after which a command is ended, and counts as having taken so long."""

FIGURES = (
    *("`fix`, s", "`fix --write`, s", "left by it"),
    *("fix all, s", "left by it", "code action p95, ms"),
)

_HEADERS = ("def {name}_{n}({first}, {second})", "    if {first} > {second}", "    for index in range({second})")
_MIXED = (
    "    return max({first}, {second}",
    "    retrun {first}",
    "    return [{first}, {second} * ({first} + {n}]",
    "    return {{'first': {first} 'second': {second}}}",
    "    if {first} = {second}:\n        return {first}\n    return {second}",
    "    print {first}, {second}",
    "    return {first} - {second} )",
    "    if {first} > {second}:\n    return {second}",
    "    else if {first}:\n        return {second}",
    "    return {first} {second}",
)
_NAMES = ("value", "item", "row", "path", "total", "limit", "width", "other")


def functions(count: int, indent: str = "") -> str:
    """A module of functions, each with one missing colon; `indent` stands before each line."""
    return "\n\n".join(_indented(text, indent) for text in _definitions(count, bool(indent))) + "\n"


def one_class(count: int) -> str:
    return "class Everything:\n" + functions(count, "    ")


def one_function(count: int) -> str:
    steps = (f"    if value > {n}\n        print(value, limit - {n})\n" for n in range(count))
    return "def everything(value, limit):\n" + "".join(steps) + "    return value\n"


def mixture(count: int) -> str:
    pieces = []
    for n in range(count):
        first, second = _names(n)
        body = _MIXED[n % len(_MIXED)].format(first=first, second=second, n=n)
        pieces.append(f"def step_{n}({first}, {second}):\n{body}\n")
    return "\n\n".join(pieces)


FILES: dict[str, Callable[[int], str]] = {
    "functions": functions,
    "one class": one_class,
    "one function": one_function,
    "ten sorts of errors": mixture,
}


class Figures(NamedTuple):
    """A number for each of FIGURES."""

    fix: float
    write: float
    left_by_write: float
    fix_all: float
    left_by_fix_all: float
    action: float


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    checkouts = [REPOSITORY, *([arguments.other.resolve()] if arguments.other else [])]
    for name, make in FILES.items():
        text = make(arguments.count)
        measured: dict[Path, list[Figures]] = {checkout: [] for checkout in checkouts}
        for _ in range(arguments.rounds):
            for checkout, rows in measured.items():
                rows.append(await _measure(checkout, text, arguments.requests))
        print(f"\n{name}: {arguments.count} errors in {text.count(chr(10))} lines\n")
        medians = [[statistics.median(column) for column in zip(*rows, strict=True)] for rows in measured.values()]
        print("| | here |" + (" there | ratio |" if arguments.other else ""))
        print("|---" * (4 if arguments.other else 2) + "|")
        for figure, *values in zip(FIGURES, *medians, strict=True):
            ratio = f" {values[0] / values[1]:.2f} |" if len(values) > 1 and values[1] else " |" * (len(values) > 1)
            print(f"| {figure} |" + "".join(f" {value:.2f} |" for value in values) + ratio)


async def _measure(checkout: Path, text: str, requests: int) -> Figures:
    """One run of the commands, and one server, of a checkout."""
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.py"
        path.write_text(text, encoding="utf-8")
        fix = _seconds([sys.executable, "-m", "quickfix_ls", "fix", str(path)], environment, checkout)
        write = _seconds([sys.executable, "-m", "quickfix_ls", "fix", "--write", str(path)], environment, checkout)
        left = _broken(path.read_text(encoding="utf-8"))
    client = await RawClient.start(environment=environment, cwd=checkout)
    try:
        await client.initialize(CAPABILITIES)
        page = Buffer(client, text)
        published = await client.notification("textDocument/publishDiagnostics", uri=page.uri)
        began = time.perf_counter()
        actions = await _within_bound(page.actions(0, only=["source.fixAll"]))
        fix_all = time.perf_counter() - began
        left_by_fix_all = _broken(_applied(page, actions[0]) if actions else text)
        taken = [seconds async for seconds in _actions(page, published["diagnostics"], requests)]
    finally:
        await client.kill()
    p95 = sorted(taken)[int(len(taken) * 0.95)] * 1000 if taken else BOUND * 1000
    return Figures(fix, write, left, fix_all, left_by_fix_all, p95)


async def _actions(page: Buffer, diagnostics: list[dict[str, Any]], requests: int) -> Any:
    """Yield the seconds that each code action takes that a user invokes at one of the errors."""
    wanted = diagnostics[:: max(1, len(diagnostics) // requests)] if len(diagnostics) > 1 else diagnostics * requests
    for number, diagnostic in enumerate(wanted):
        page.replace(0, number % 2, "" if number % 2 else " ")
        line = diagnostic["range"]["start"]["line"]
        offset = sum(map(len, page.text.splitlines(keepends=True)[:line]))
        began = time.perf_counter()
        await _within_bound(page.actions(offset, diagnostics=[diagnostic], only=["quickfix"], triggerKind=1))
        yield time.perf_counter() - began


async def _within_bound(request: Any) -> list[Any]:
    """The answer to a request; none if it fails, or takes too long."""
    try:
        return list(await asyncio.wait_for(request, BOUND) or ())
    except (ResponseError, asyncio.TimeoutError):
        return []


def _seconds(command: list[str], environment: dict[str, str], folder: Path) -> float:
    began = time.perf_counter()
    try:
        subprocess.run(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, timeout=BOUND, check=False)
    except subprocess.TimeoutExpired:
        return BOUND
    return time.perf_counter() - began


def _applied(page: Buffer, action: dict[str, Any]) -> str:
    """The text after a code action's edit of it."""
    edit = action["edit"]
    changes = edit.get("changes") or {one["textDocument"]["uri"]: one["edits"] for one in edit["documentChanges"]}
    text = page.text
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    ends = [
        tuple(starts[place["line"]] + place["character"] for place in (one["range"]["start"], one["range"]["end"]))
        for one in changes[page.uri]
    ]
    for (start, end), one in sorted(zip(ends, changes[page.uri], strict=True), key=lambda pair: pair[0], reverse=True):
        text = text[:start] + one["newText"] + text[end:]
    return text


def _broken(text: str) -> int:
    """The number of definitions that don't parse; of a class, its methods; 1 for any other broken text."""
    try:
        ast.parse(text)
    except SyntaxError:
        pieces = text.removeprefix("class Everything:\n").split("\n\n\n" if "\n\n\n" in text else "\n\n")
        return max(1, sum(not _parses(piece) for piece in pieces))
    return 0


def _parses(text: str) -> bool:
    try:
        ast.parse(f"if True:\n{text}" if text.startswith(" ") else text)
    except SyntaxError:
        return False
    return True


def _definitions(count: int, is_method: bool) -> Iterator[str]:
    for n in range(count):
        first, second = _names(n)
        lines = [header.format(name="step", first=first, second=second, n=n) for header in _HEADERS]
        if is_method:
            lines[0] = lines[0].replace("(", "(self, ", 1)
        missing = n % len(lines)
        kept = [line if number == missing else line + ":" for number, line in enumerate(lines)]
        yield "\n".join((kept[0], kept[1], f"        return {first}", kept[2], f"        print({first}, index)")) + "\n"


def _indented(text: str, indent: str) -> str:
    return "".join(indent + line for line in text.splitlines(keepends=True))


def _names(n: int) -> tuple[str, str]:
    return _NAMES[n % len(_NAMES)], _NAMES[(n // 3 + 3) % len(_NAMES)] + "s"


if __name__ == "__main__":
    asyncio.run(main())
