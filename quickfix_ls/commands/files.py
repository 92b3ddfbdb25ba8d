"""`quickfix-ls fix`: shows the fixes of files, applies them, lists the problems, or prints everything as JSON."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from quickfix_ls.commands.choices import Choices, unknown_fixers
from quickfix_ls.commands.disk import STDIN, FileOnDisk, encode, find_sources, read_source, write_source
from quickfix_ls.commands.formats import FORMATS, CheckedFile
from quickfix_ls.commands.models import ModelsOf, models_of, no_models
from quickfix_ls.commands.output import VERSION, as_json, as_line, as_patch
from quickfix_ls.commands.problem_offers import ProblemOffers, find, find_of_kind
from quickfix_ls.commands.problem_progress import problem_progress
from quickfix_ls.commands.run_summary import RunSummary, counted
from quickfix_ls.commands.types import Types, types_of
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.errors import UsageError
from quickfix_ls.fix_all import Finder, FixedDocument, find_own, fix_all
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import Language
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.refused_changes import name_of
from quickfix_ls.settings import Layer, assignments
from quickfix_ls.values import ProblemKind

Mode = Literal["preview", "diff", "write", "check", "json"]

_SECONDS = 1.0
"""Time limit of one problem; longer than in an editor, since no user waits for a menu."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a run.

    `top` is the number of fixes shown for each problem; `format` is the output format of `check`; `only` and `fixer`,
    if not empty, admit only one kind of problem and one fixer; `settings` are strings `key=value`; `force_exclude`
    skips excluded files even if they are named; `model` asks the configured model too.
    """

    mode: Mode = "preview"
    top: int = 1
    format: str = "text"
    only: ProblemKind | None = None
    fixer: str = ""
    settings: Sequence[str] = ()
    force_exclude: bool = False
    model: bool = False


def fix(paths: Sequence[str], options: Options) -> int:
    """Run one mode on files, folders and `-` (standard input).

    Returns the exit code: 0 if every problem has an offer (`write`: no problem is left; `check`: there is no problem),
    1 if a problem is left, 2 if a file could not be read or written, after the others were processed. Raises UsageError
    for invalid options, ModelError for models that can't be used.
    """
    _check_options(options)
    outer = [Layer(assignments(options.settings), "--set")]
    choices = Choices(outer, (options.only,) if options.only else (), options.fixer)
    run = _Run(choices, Budget(seconds=_SECONDS, offers=options.top), paths, options)
    left = _check(run) if options.mode == "check" else asyncio.run(_run_fixes(run))
    return 2 if run.failed else 1 if left else 0


def index_of_file(text: str, path: str, choices: Choices, roots: tuple[str, ...] = ()) -> Index:
    """Return the index of a file's text in the file's environment; `roots` are the folders whose modules it can
    import."""
    return choices.language(path).index(Snapshot.of(text), choices.environment(path, roots))


def pipeline_for(path: str, choices: Choices) -> Pipeline:
    """Return the pipeline under the rules of a file. Raises ModelError for models that can't be used."""
    pipeline = _loaded(choices.language(path), choices.settings(path).selector)
    return pipeline.under(choices.rules(path), name_of(path))


def roots_of(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the folders whose modules the files can import: the named folders, and those of the named files."""
    folders = (path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths)
    return tuple(dict.fromkeys(os.path.abspath(folder) for folder in folders))


@cache
def _loaded(language: Language, selector: str) -> Pipeline:
    return Pipeline.load(language, selector)


def _check_options(options: Options) -> None:
    """Raise UsageError for options that contradict each other or name no fixer."""
    if options.mode == "check" and options.fixer:
        raise UsageError("--fixer chooses among fixes, and --check makes none: leave out one of them")
    if options.mode == "check" and options.model:
        raise UsageError("--with-model makes fixes, and --check makes none: leave out one of them")
    if options.mode != "check" and options.format != "text":
        raise UsageError("--format is for --check; --json prints fixes as JSON")
    if options.fixer and (wrong := unknown_fixers([options.fixer])):
        raise UsageError(f"--fixer: {wrong}")


@dataclass(frozen=True, slots=True)
class _Run:
    """The input of a mode; `failed` collects the messages about files that could not be read or written."""

    choices: Choices
    budget: Budget
    paths: Sequence[str]
    options: Options
    failed: list[str] = field(default_factory=list)
    models: ModelsOf = no_models
    types: Types | None = None

    def files(self) -> Iterator[str]:
        """Yield the paths of the source files."""
        return find_sources(self.paths, self.choices.excludes, even_named=self.options.force_exclude)

    def read(self, paths: Iterator[str]) -> Iterator[FileOnDisk]:
        """Yield the files that can be read."""
        for path in paths:
            with _collected(self.failed):
                yield read_source(path)

    def pipeline(self, source: FileOnDisk) -> Pipeline:
        return pipeline_for(source.path, self.choices)

    def index(self, source: FileOnDisk) -> Index:
        return index_of_file(source.text, source.path, self.choices, roots_of(self.paths))

    def finder(self, path: str) -> Finder:
        return self.types.finder(path) if self.types is not None else find_own

    async def fixed(self, source: FileOnDisk) -> FixedDocument:
        """Fix a file with the best offers, preferred or not: users see them in the preview before `--write`.

        Cancellable at every await.
        """
        pipeline, index = self.pipeline(source), self.index(source)
        with problem_progress(self.paths) as progress:
            return await fix_all(
                pipeline,
                index,
                self.budget,
                only_preferred=False,
                models=self.models(source.path),
                find=self.finder(source.path),
                progress=progress,
            )

    async def find(self, source: FileOnDisk, *, explain: bool = False) -> tuple[ProblemOffers, ...]:
        """Return the problems of a file with their offers; see `problem_offers.find`. Cancellable at every await."""
        pipeline, index = self.pipeline(source), self.index(source)
        models, finder = self.models(source.path), self.finder(source.path)
        with problem_progress(self.paths) as progress:
            return await find(pipeline, index, self.budget, models, explain=explain, finder=finder, progress=progress)


async def _run_fixes(run: _Run) -> int:
    """Run a mode that makes fixes, with types and, if the options ask for it, models. Returns the number of problems
    left. Cancellation closes both."""
    mode = _MODES[run.options.mode]
    async with types_of(roots_of(run.paths)) as types:
        run = replace(run, types=types)
        if not run.options.model:
            return await mode(run)
        async with models_of(run.choices) as models:
            return await mode(replace(run, models=models))


async def _preview(run: _Run) -> int:
    # Imported here: only the preview needs rich, whose import takes longer than fixing a small file.
    from quickfix_ls.commands.preview import Preview

    preview = Preview()
    for source in run.read(run.files()):
        preview.show(source, await run.find(source))
    preview.close()
    return preview.left


async def _json(run: _Run) -> int:
    files = [as_json(source, await run.find(source, explain=True)) for source in run.read(run.files())]
    print(json.dumps({"version": VERSION, "files": files, "failed": run.failed}, indent=2))
    return sum(not problem["offers"] for file in files for problem in file["problems"])


async def _diff(run: _Run) -> int:
    left = 0
    for source in run.read(run.files()):
        result = await run.fixed(source)
        left += len(result.left)
        with _collected(run.failed):
            sys.stdout.buffer.write(as_patch(source, encode(source, result.snapshot.text)))
            sys.stdout.buffer.flush()
    return left


async def _write(run: _Run) -> int:
    summary = RunSummary()
    # With standard input, only the fixed text is printed to standard output.
    summary_stream = sys.stderr if STDIN in run.paths else sys.stdout
    with counted(run.files()) as files:
        for source in run.read(files):
            result = await run.fixed(source)
            with _collected(run.failed):
                if result.applied or source.path == STDIN:
                    write_source(source, result.snapshot.text)
                summary.add(result)
                messages = sys.stderr if source.path == STDIN else sys.stdout
                for offer in result.applied:
                    print(f"{source.name}: fixed: {offer.candidate.title}", file=messages)
                for problem in result.left:
                    print(f"left: {as_line(source, result.snapshot, problem)}", file=messages)
    print(summary, file=summary_stream)
    return summary.left


_MODES = {"preview": _preview, "json": _json, "diff": _diff, "write": _write}


def _check(run: _Run) -> int:
    left = 0

    def checked() -> Iterator[CheckedFile]:
        nonlocal left
        for source in run.read(run.files()):
            index = run.index(source)
            problems = tuple(find_of_kind(index, run.choices.kinds))
            left += len(problems)
            yield CheckedFile(source, index.snapshot, problems)

    for text in FORMATS[run.options.format](checked(), run.failed):
        print(text)
    return left


@contextmanager
def _collected(failed: list[str]) -> Iterator[None]:
    """Print a UsageError of the body, about a file that can't be read or written, and append it to `failed`."""
    try:
        yield
    except UsageError as error:
        failed.append(str(error))
        print(f"quickfix-ls: {error}", file=sys.stderr)
