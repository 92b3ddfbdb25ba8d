"""`quickfix-ls fix`: show the fixes of files, apply them, list what is broken, or say it all as JSON."""

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
from quickfix_ls.commands.run_summary import RunSummary, counted
from quickfix_ls.commands.types import Types, types_of
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.errors import UsageError
from quickfix_ls.fix_all import Finder, Mended, find_own, fix_all
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import Language
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.refused_changes import name_of
from quickfix_ls.settings import Layer, assignments
from quickfix_ls.values import ProblemKind

Mode = Literal["preview", "diff", "write", "check", "json"]

_SECONDS = 1.0
"""The time for one problem: nobody waits with a cursor here, so it may be longer than in an editor."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: `top` fixes a problem are shown; `format` is that of `check`; `only` and `fixer`, where not empty,
    let no other kind of problem and no other fixer through; `settings` are `key=value`; `force_exclude` leaves out
    excluded files even where they are named; `model` asks the configured model too."""

    mode: Mode = "preview"
    top: int = 1
    format: str = "text"
    only: ProblemKind | None = None
    fixer: str = ""
    settings: Sequence[str] = ()
    force_exclude: bool = False
    model: bool = False


def fix(paths: Sequence[str], options: Options) -> int:
    """Run one mode over files, folders and `-` (standard input).

    Returns the exit code: 0 when every problem has an offer (`write`: nothing is left; `check`: nothing is
    broken), 1 when something is left, 2 when a file could not be read or written, after the others were done.
    Raises UsageError for options that can't be used, ModelError for models.
    """
    _check_options(options)
    outer = [Layer(assignments(options.settings), "--set")]
    choices = Choices(outer, (options.only,) if options.only else (), options.fixer)
    run = _Run(choices, Budget(seconds=_SECONDS, offers=options.top), paths, options)
    left = _check(run) if options.mode == "check" else asyncio.run(_mended(run))
    return 2 if run.failed else 1 if left else 0


def index_of_file(text: str, path: str, choices: Choices, roots: tuple[str, ...] = ()) -> Index:
    """The index of a file's text, in the environment that the file lives in; `roots` are the folders whose modules it
    can import."""
    return choices.language(path).index(Snapshot.of(text), choices.environment(path, roots))


def pipeline_for(path: str, choices: Choices) -> Pipeline:
    """The pipeline under the rules of a file. Raises ModelError for models that can't be used."""
    pipeline = _loaded(choices.language(path), choices.settings(path).selector)
    return pipeline.under(choices.rules(path), name_of(path))


def roots_of(paths: Sequence[str]) -> tuple[str, ...]:
    """The folders whose modules the files can import: those named, and the named files' own."""
    folders = (path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths)
    return tuple(dict.fromkeys(os.path.abspath(folder) for folder in folders))


@cache
def _loaded(language: Language, selector: str) -> Pipeline:
    return Pipeline.load(language, selector)


def _check_options(options: Options) -> None:
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
    """What a mode works with; `failed` collects what could not be read or written, in words."""

    choices: Choices
    budget: Budget
    paths: Sequence[str]
    options: Options
    failed: list[str] = field(default_factory=list)
    models: ModelsOf = no_models
    types: Types | None = None

    def files(self) -> Iterator[str]:
        return find_sources(self.paths, self.choices.excludes, even_named=self.options.force_exclude)

    def read(self, paths: Iterator[str]) -> Iterator[FileOnDisk]:
        for path in paths:
            with _collected(self.failed):
                yield read_source(path)

    def pipeline(self, source: FileOnDisk) -> Pipeline:
        return pipeline_for(source.path, self.choices)

    def index(self, source: FileOnDisk) -> Index:
        return index_of_file(source.text, source.path, self.choices, roots_of(self.paths))

    def finder(self, path: str) -> Finder:
        return self.types.finder(path) if self.types is not None else find_own

    async def mend(self, source: FileOnDisk) -> Mended:
        """The text with the best offers, sure or not: whoever says `--write` has seen the preview."""
        pipeline, index = self.pipeline(source), self.index(source)
        return await fix_all(
            pipeline,
            index,
            self.budget,
            only_preferred=False,
            models=self.models(source.path),
            find=self.finder(source.path),
        )

    async def find(self, source: FileOnDisk, *, explain: bool = False) -> tuple[ProblemOffers, ...]:
        pipeline, index = self.pipeline(source), self.index(source)
        models, finder = self.models(source.path), self.finder(source.path)
        return await find(pipeline, index, self.budget, models, explain=explain, finder=finder)


async def _mended(run: _Run) -> int:
    """Run a mode that makes fixes, with what types tell and the models that were asked for."""
    mode = _MODES[run.options.mode]
    async with types_of(roots_of(run.paths)) as types:
        run = replace(run, types=types)
        if not run.options.model:
            return await mode(run)
        async with models_of(run.choices) as models:
            return await mode(replace(run, models=models))


async def _preview(run: _Run) -> int:
    # Imported here: only a person's view needs rich, which takes longer to load than a small file to fix.
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
        mended = await run.mend(source)
        left += len(mended.left)
        with _collected(run.failed):
            sys.stdout.buffer.write(as_patch(source, encode(source, mended.snapshot.text)))
            sys.stdout.buffer.flush()
    return left


async def _write(run: _Run) -> int:
    summary = RunSummary()
    # Of standard input, the fixed text alone goes to standard output.
    last_word = sys.stderr if STDIN in run.paths else sys.stdout
    with counted(run.files()) as files:
        for source in run.read(files):
            mended = await run.mend(source)
            with _collected(run.failed):
                if mended.applied or source.path == STDIN:
                    write_source(source, mended.snapshot.text)
                summary.add(mended)
                messages = sys.stderr if source.path == STDIN else sys.stdout
                for offer in mended.applied:
                    print(f"{source.name}: fixed: {offer.candidate.title}", file=messages)
                for problem in mended.left:
                    print(f"left: {as_line(source, mended.snapshot, problem)}", file=messages)
    print(summary, file=last_word)
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
    """Report a file that can't be read or written, and go on with the others."""
    try:
        yield
    except UsageError as error:
        failed.append(str(error))
        print(f"quickfix-ls: {error}", file=sys.stderr)
