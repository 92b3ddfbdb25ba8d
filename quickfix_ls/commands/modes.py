"""The modes of `quickfix-ls fix`: show the fixes, print them as a patch or as JSON, write them, or list the problems.

Each returns the number of problems that are left.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence

from quickfix_ls.commands.disk import STDIN, FileOnDisk, encode, write_source
from quickfix_ls.commands.formats import FORMATS, STREAMED, CheckedFile
from quickfix_ls.commands.output import VERSION, as_json, as_line, as_patch
from quickfix_ls.commands.places import cell_diff
from quickfix_ls.commands.run import Mode, Run
from quickfix_ls.commands.run_summary import RunSummary, counted
from quickfix_ls.commands.selection import LeftProblem, told
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.fix_all import FixedDocument


async def _preview(run: Run) -> int:
    # Imported here: only the preview needs rich, whose import takes longer than fixing a small file.
    from quickfix_ls.commands.preview import Preview, console_for

    preview = Preview(console_for(run.options.color))
    for source in run.read(run.files()):
        preview.files += 1
        snapshot = Snapshot.of(source.text)
        async for finding in run.offers(source):
            preview.show_one(source, snapshot, finding)
    if not run.options.quiet:
        preview.close()
    return preview.left


async def _json(run: Run) -> int:
    files = []
    for source in run.read(run.files()):
        findings = tuple([finding async for finding in run.offers(source, explain=True)])
        files.append(as_json(source, findings))
    print(json.dumps({"version": VERSION, "files": files, "failed": run.failed}, indent=2))
    return sum(not problem["offers"] for file in files for problem in file["problems"])


async def _diff(run: Run) -> int:
    summary = RunSummary()
    with counted(run.files(), is_quiet=run.options.quiet) as files:
        for source in run.read(files):
            result, left = await run.fixed(source)
            with run.collected():
                fixed = encode(source, result.snapshot.text)
                if source.notebook is None:
                    sys.stdout.buffer.write(as_patch(source, fixed))
                    sys.stdout.buffer.flush()
                else:
                    _print(cell_diff(source, result.snapshot.text))
                summary.add(result, left)
                _tell_left(run, source, result, left, is_beside=True)
    _tell(run, str(summary), is_beside=True)
    return summary.left


async def _write(run: Run) -> int:
    summary = RunSummary()
    with counted(run.files(), is_quiet=run.options.quiet) as files:
        for source in run.read(files):
            result, left = await run.fixed(source)
            # With standard input, only the fixed text is printed to standard output.
            is_beside = source.path == STDIN
            with run.collected():
                if result.applied or source.path == STDIN:
                    write_source(source, result.snapshot.text)
                summary.add(result, left)
                for offer in result.applied:
                    _tell(run, f"{source.name}: fixed: {offer.candidate.title}", is_beside=is_beside)
                _tell_left(run, source, result, left, is_beside=is_beside)
    _tell(run, str(summary), is_beside=STDIN in run.paths)
    return summary.left


async def _check(run: Run) -> int:
    left = 0
    listed: list[CheckedFile] = []
    report = FORMATS[run.options.format]
    with counted(run.files(), is_quiet=run.options.quiet) as files:
        for source in run.read(files):
            snapshot, problems = await run.problems(source)
            left += len(problems)
            checked = CheckedFile(source, snapshot, tuple(problems))
            if run.options.format in STREAMED:
                _print(report([checked], ()))
            else:
                listed.append(checked)
    if run.options.format not in STREAMED:
        _print(report(listed, run.failed))
    return left


MODES: dict[Mode, Callable[[Run], Awaitable[int]]] = {
    "preview": _preview,
    "json": _json,
    "diff": _diff,
    "write": _write,
    "check": _check,
}


def _tell_left(
    run: Run, source: FileOnDisk, result: FixedDocument, left: Sequence[LeftProblem], *, is_beside: bool
) -> None:
    """Print a line for each problem that is left."""
    for problem in left:
        line = as_line(source, result.snapshot, problem.problem)
        print(f"left: {line}: {told(problem)}", file=sys.stderr if is_beside else sys.stdout)


def _tell(run: Run, line: str, *, is_beside: bool) -> None:
    """Print a line about what was done, unless the user wants it quiet; `is_beside` prints it to standard error."""
    if not run.options.quiet:
        print(line, file=sys.stderr if is_beside else sys.stdout)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
