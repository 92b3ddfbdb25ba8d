"""`quickfix-ls fix`: show the fixes of files, apply them, list what is broken, or say it all as JSON."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.errors import UsageError
from quickfix_ls.integrations.disk import STDIN, Source, encode, find_sources, read_source, write_source
from quickfix_ls.integrations.findings import find
from quickfix_ls.integrations.reports import as_json, as_line, as_patch
from quickfix_ls.pipeline import Budget, Mended, Pipeline
from quickfix_ls.problems import find_all

Mode = Literal["preview", "diff", "write", "check", "json"]

_SECONDS = 1.0
"""The time for one problem: nobody waits with a cursor here, so it may be longer than in an editor."""


def fix(paths: Sequence[str], mode: Mode = "preview", top: int = 1) -> int:
    """Run one mode over files, folders and `-` (standard input); `top` is how many fixes a problem are shown.

    Returns the exit code: 0 when every problem has an offer (`write`: nothing is left; `check`: nothing is
    broken), 1 when something is left, 2 when a file could not be read or written, after the others were done.
    Raises ModelError for models that can't be used.
    """
    failed: list[str] = []
    sources = _readable(paths, failed)
    if mode == "check":
        left = _check(sources)
    else:
        pipeline = Pipeline.load(roots=_roots(paths))
        left = asyncio.run(_MODES[mode](_Run(pipeline, Budget(seconds=_SECONDS, offers=top), sources, failed)))
    return 2 if failed else 1 if left else 0


@dataclass(frozen=True, slots=True)
class _Run:
    """What a mode works with; `failed` collects what could not be read or written, in words."""

    pipeline: Pipeline
    budget: Budget
    sources: Iterator[Source]
    failed: list[str]


async def _preview(run: _Run) -> int:
    # Imported here: only a person's view needs rich, which takes longer to load than a small file to fix.
    from quickfix_ls.integrations.preview import Preview

    preview = Preview()
    for source in run.sources:
        preview.show(source, await find(run.pipeline, source.text, run.budget))
    preview.close()
    return preview.left


async def _json(run: _Run) -> int:
    files = [as_json(source, await find(run.pipeline, source.text, run.budget)) for source in run.sources]
    print(json.dumps({"version": 1, "files": files, "failed": run.failed}, indent=2))
    return sum(not problem["offers"] for file in files for problem in file["problems"])


async def _diff(run: _Run) -> int:
    left = 0
    for source in run.sources:
        mended = await _mend(run, source.text)
        left += len(mended.left)
        with _collected(run.failed):
            sys.stdout.buffer.write(as_patch(source, encode(source, mended.snapshot.text)))
            sys.stdout.buffer.flush()
    return left


async def _write(run: _Run) -> int:
    left = 0
    for source in run.sources:
        mended = await _mend(run, source.text)
        left += len(mended.left)
        # Of standard input, the fixed text alone goes to standard output.
        messages = sys.stderr if source.path == STDIN else sys.stdout
        with _collected(run.failed):
            if mended.applied or source.path == STDIN:
                write_source(source, mended.snapshot.text)
            for offer in mended.applied:
                print(f"{source.name}: fixed: {offer.candidate.title}", file=messages)
            for problem in mended.left:
                print(f"left: {as_line(source, mended.snapshot, problem)}", file=messages)
    return left


async def _mend(run: _Run, text: str) -> Mended:
    """The text with the best offers, sure or not: whoever says `--write` has seen the preview."""
    return await run.pipeline.fix_all(Analysis.of(Snapshot.of(text)), run.budget, only_preferred=False)


_MODES = {"preview": _preview, "json": _json, "diff": _diff, "write": _write}


def _check(sources: Iterator[Source]) -> int:
    left = 0
    for source in sources:
        snapshot = Snapshot.of(source.text)
        for problem in find_all(Analysis.of(snapshot)):
            print(as_line(source, snapshot, problem))
            left += 1
    return left


def _readable(paths: Sequence[str], failed: list[str]) -> Iterator[Source]:
    for path in find_sources(paths):
        with _collected(failed):
            yield read_source(path)


@contextmanager
def _collected(failed: list[str]) -> Iterator[None]:
    """Report a file that can't be read or written, and go on with the others."""
    try:
        yield
    except UsageError as error:
        failed.append(str(error))
        print(f"quickfix-ls: {error}", file=sys.stderr)


def _roots(paths: Sequence[str]) -> tuple[str, ...]:
    """The folders whose modules the files can import: those named, and the named files' own."""
    folders = (path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths)
    return tuple(dict.fromkeys(os.path.abspath(folder) for folder in folders))
