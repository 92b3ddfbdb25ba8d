"""`quickfix-ls candidates`: write all candidates of all training problems, with features and labels, to a file."""

from __future__ import annotations

import asyncio
import datetime
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from rich.console import Console
from rich.progress import Progress

from quickfix_ls.errors import UsageError
from quickfix_ls.ranking.features import features
from quickfix_ls.repairs.valid_candidate import ValidCandidate
from quickfix_ls.training.groups import LabelledStep, MoreCandidates, steps_of
from quickfix_ls.training.inputs import corpus_rows, data_files, proposing_pipeline, rows_hash
from quickfix_ls.training.labels import Judge, Labels
from quickfix_ls.training.parallel import by_chunks
from quickfix_ls.training.replies import replies_of
from quickfix_ls.training.rows import Row, read_source
from quickfix_ls.training.stored import feature_columns, table_of, write_candidates
from quickfix_ls.training.variants import Ways

_CHUNK = 12
_AROUND = 3
"""The number of the region's lines that are stored above and below those that a candidate touches."""


def make_candidates(
    data: Sequence[Path],
    out: Path,
    corpus: int = 0,
    seed: int = 0,
    limit: int | None = None,
    jobs: int = 1,
    ways: Ways | None = None,
) -> int:
    """Write the candidate set of the files in `data` and of artificially broken code to `out`, see `stored`; return 0.

    At most `limit` rows of each sort are read from a file; `corpus` is the number of rows of broken correct code. The
    programs of rows with tests are run. With `ways`, a model is asked, too, about the rows in sequence.

    The same files, seed and installed packages give the same set, provided that a model gives the same answers. Raises
    UsageError for data that can't be read, a file that can't be written, and a model that can't be asked or gives no
    answer at all.
    """
    if ways and jobs > 1:
        raise UsageError("--provider: a model is asked by one process, leave --jobs out")
    if not out.parent.is_dir():
        raise UsageError(f"{out}: can't be written: there is no folder {out.parent}")
    sources = [read_source(path, limit) for path in data_files(data)]
    console = Console(stderr=True)
    with Progress(console=console, disable=not sys.stderr.isatty()) as progress:
        breaking = progress.add_task("Breaking correct code", total=corpus)
        rows = [*corpus_rows(seed, corpus, 0, partial(progress.advance, breaking), jobs)] if corpus else []
        rows += [row for source in sources for row in (*source.rows, *source.tested)]
        # The same code may be broken in the same way twice; such rows have the same id, and only one may be kept.
        rows = list({row.id: row for row in rows}.values())
        task = progress.add_task("Candidates", total=len(rows))
        tables, model = [], None
        if ways:
            table, model = asyncio.run(_asked(rows, ways, lambda: progress.advance(task)))
            tables.append(table)
        else:
            for done, table in by_chunks(_table_of_chunk, rows, _CHUNK, jobs):
                tables.append(table)
                progress.advance(task, done)
    facts = {
        "date": datetime.date.today().isoformat(),
        "seed": seed,
        "rows": len(rows),
        "rows_sha256": rows_hash(rows),
        "files": {source.name: source.sha256 for source in sources},
        **({"model": model} if model else {}),
    }
    if model:
        answers = ", ".join(f"{model[name]} {name}" for name in ("asked", "failed", "refused", "passed"))
        console.print(f"{model['name']}: {answers}")
    write_candidates(out, pa.concat_tables(tables or [table_of([])]), facts)
    return 0


def _table_of_chunk(rows: Sequence[Row]) -> pa.Table:
    async def collect() -> list[dict[str, Any]]:
        return [record for row in rows for record in await candidates_of(row)]

    return table_of(asyncio.run(collect()))


async def _asked(rows: Sequence[Row], ways: Ways, advance: Callable[[], None]) -> tuple[pa.Table, dict[str, Any]]:
    """Return the table of all rows with a model's replies, and the figures about these. Cancellable."""
    found: list[dict[str, Any]] = []
    async with replies_of(ways) as replies:
        for row in rows:
            found += await candidates_of(row, replies.added)
            advance()
    return table_of(found), replies.figures


async def candidates_of(row: Row, more: MoreCandidates | None = None) -> list[dict[str, Any]]:
    """Return all candidates of a row, step by step, as rows of the stored set; `more` may add some to the first step.

    Cancellable at every await.
    """
    pipeline, judge = proposing_pipeline(), Judge(row)
    found: list[dict[str, Any]] = []
    async for step in steps_of(pipeline, row, more):
        measured = features(step.context, step.considered, pipeline.plausibility)
        labels = judge.labels(step)
        found += [
            _candidate(row, step, place, candidate, label, numbers)
            for place, (candidate, label, numbers) in enumerate(zip(step.considered, labels, measured, strict=True))
        ]
    return found


def _candidate(
    row: Row, step: LabelledStep, place: int, candidate: ValidCandidate, labels: Labels, numbers: Sequence[float]
) -> dict[str, Any]:
    problem, change = step.context.problem, candidate.change
    return {
        "row": row.id, "step": step.number, "place": place,
        "source": row.id.rsplit("-", 1)[0], "kind": row.kind, "group": row.group, "edit_tokens": row.edit_tokens,
        "proposers": list(candidate.sources),
        "safe": change.candidate.safety == "safe", "complete": change.fault is None,
        "error": f"{problem.code}: {problem.message}", "problem_line": _problem_line(step),
        **_lines(candidate),
        "leads": labels.leads, "exact": labels.exact, "passes": labels.passes,
        "accepted": labels.accepted, "executes": labels.executes,
        **feature_columns(numbers),
    }  # fmt: skip


def _problem_line(step: LabelledStep) -> str:
    text, offset = step.context.region.text, step.context.offset
    start = text.rfind("\n", 0, max(offset, 0)) + 1
    return text[start:].split("\n", 1)[0]


def _lines(candidate: ValidCandidate) -> dict[str, str]:
    """Return the lines that a candidate touches, before and after, and the lines around them.

    If it touches no line of the region, both are the problem's line.
    """
    change = candidate.change
    text, (first, last) = change.before.text, change.touched
    if not change.inside:
        at = change.problem.span.start - change.before.start
        first, last = text.rfind("\n", 0, at) + 1, text.find("\n", at) if "\n" in text[at:] else len(text)
    shift = len(change.after.text) - len(text)
    return {
        "above": "".join(text[:first].splitlines(keepends=True)[-_AROUND:]),
        "original": text[first:last],
        "below": "".join(text[last:].removeprefix("\n").splitlines(keepends=True)[:_AROUND]),
        "candidate": change.after.text[first : last + shift],
        "outside": "\n".join(edit.text.strip("\n") for edit in change.outside),
    }
