"""The input of one run of `quickfix-ls fix`: its options, its files, and what their problems and fixes come from."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from quickfix_ls.commands.checkers import CheckerRuns, FileCheckers, checkers_of
from quickfix_ls.commands.choices import Choices
from quickfix_ls.commands.disk import FileOnDisk, find_sources, read_source
from quickfix_ls.commands.file_parts import EditsInFile, FilePart, fixed_in_file, parts_of_file
from quickfix_ls.commands.left_problems import behind, left_in_file
from quickfix_ls.commands.messages import complain
from quickfix_ls.commands.models import ModelsOf, models_of, no_models
from quickfix_ls.commands.problem_offers import ProblemOffers, found_offers
from quickfix_ls.commands.problem_progress import problem_progress
from quickfix_ls.commands.selection import LeftProblem, Selection
from quickfix_ls.commands.types import Types, types_of
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.errors import UsageError
from quickfix_ls.fix_all import Finder, FixedDocument, find_own, fix_all
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import Language
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.refused_changes import name_of
from quickfix_ls.silence import Silence
from quickfix_ls.values import Offer, Problem, ProblemKind, compose_edits

Mode = Literal["preview", "diff", "write", "check", "json"]
Color = Literal["auto", "always", "never"]

_SECONDS = 1.0
"""Time limit of one problem; longer than in an editor, since no user waits for a menu."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a run.

    `top` is the number of fixes shown for each problem; `format` is the output format of `check`; `only` and `fixer`,
    if not empty, admit only one kind of problem and one fixer; `settings` are strings `key=value`; `force_exclude`
    skips excluded files even if they are named; `model` asks the configured model too; `unsafe` applies also fixes that
    are not preferred; `quiet` prints no summary and nothing about what was fixed. `database`, `schema` and `dialect`,
    if not empty, are stronger than the settings; `stdin_name` is the name of the file on standard input.
    """

    mode: Mode = "preview"
    top: int = 1
    format: str = "text"
    only: ProblemKind | None = None
    fixer: str = ""
    settings: Sequence[str] = ()
    force_exclude: bool = False
    model: bool = False
    unsafe: bool = False
    quiet: bool = False
    color: Color = "auto"
    database: str = ""
    schema: str = ""
    dialect: str = ""
    stdin_name: str = ""


def pipeline_for(part: FilePart, choices: Choices) -> Pipeline:
    """Return the pipeline of a part under the rules of its file. Raises ModelError for models that can't be used."""
    pipeline = _loaded(part.language, choices.settings(part.path).selector)
    return pipeline.under(choices.rules(part.path), name_of(part.path))


def roots_of(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the folders whose modules the files can import: the named folders, and those of the named files."""
    folders = (path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths)
    return tuple(dict.fromkeys(os.path.abspath(folder) for folder in folders))


@dataclass(frozen=True, slots=True)
class Run:
    """The input of a mode; `failed` collects the messages about files that could not be read or written."""

    options: Options
    choices: Choices
    paths: Sequence[str]
    roots: tuple[str, ...]
    types: Types
    checkers: CheckerRuns
    models: ModelsOf
    silence: Silence = field(default_factory=Silence)
    failed: list[str] = field(default_factory=list)

    def files(self) -> Iterator[str]:
        """Yield the paths of the source files, and tell the user if there are none."""
        is_empty = True
        for path in find_sources(
            self.paths, self.choices.excludes, even_named=self.options.force_exclude, failed=self._fail
        ):
            is_empty = False
            yield path
        if is_empty and not self.failed and not self.options.quiet:
            complain(f"there are no files to look at in {', '.join(self.paths)}")

    def read(self, paths: Iterator[str]) -> Iterator[FileOnDisk]:
        """Yield the files that can be read."""
        for path in paths:
            with self.collected():
                yield read_source(path, self.options.stdin_name)

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Print a UsageError of the body, about a file that can't be read or written, and append it to `failed`."""
        try:
            yield
        except UsageError as error:
            self._fail(str(error))

    async def problems(self, source: FileOnDisk) -> tuple[Snapshot, list[Problem]]:
        """Return a file's text and its problems of the wanted kinds. Cancellable at every await."""
        kinds = self.choices.kinds
        found: list[Problem] = []
        for part in self._parts(source.text, source.path):
            problems = await self._finder(part)(part.index)
            found += part.shown(problem for problem in problems if not kinds or problem.kind in kinds)
        return Snapshot.of(source.text), sorted(dict.fromkeys(found), key=lambda problem: problem.span)

    async def offers(self, source: FileOnDisk, *, explain: bool = False) -> AsyncIterator[ProblemOffers]:
        """Yield the problems of a file with their offers, part by part; see `problem_offers.found_offers`. Cancellable
        at every await."""
        budget, models = Budget(_SECONDS, self.options.top), self.models(source.path)
        for part in self._parts(source.text, source.path):
            pipeline, finder = self._pipeline_and_finder(part)
            async for finding in found_offers(
                pipeline, part.index, budget, models, explain=explain, finder=finder, silence=self.silence
            ):
                shown = part.shown_offers(finding)
                if shown is not None:
                    yield shown

    async def fixed(self, source: FileOnDisk) -> tuple[FixedDocument, list[LeftProblem]]:
        """Fix a file with the best offers that may be applied; return the result and the problems that are left.

        Cancellable at every await.
        """
        snapshot = Snapshot.of(source.text)
        result = FixedDocument(snapshot, (), (), ())
        left: list[LeftProblem] = []
        for key in [part.key for part in self._parts(source.text, source.path)]:
            parts = self._parts(result.snapshot.text, source.path)
            part = next((part for part in parts if part.key == key), None)
            if part is not None:
                fixed, more = await self._fixed_part(part)
                left = [*(behind(problem, fixed.edits) for problem in left), *more]
                applied = (*result.applied, *fixed.applied)
                result = FixedDocument(fixed.snapshot, compose_edits(result.edits, fixed.edits), applied, ())
        return replace(result, left=tuple(problem.problem for problem in left)), left

    async def _fixed_part(self, part: FilePart) -> tuple[FixedDocument, list[LeftProblem]]:
        """Fix one part of a file; return the file after it, and the problems that are left in the part. Cancellable at
        every await."""
        pipeline, finder = self._pipeline_and_finder(part)
        selection, in_file = Selection(is_unsafe=self.options.unsafe), EditsInFile(part)

        def wanted(offer: Offer) -> bool:
            is_wanted = in_file.takes(offer) and selection.wants(offer)
            if is_wanted:
                in_file.taken()
            return is_wanted

        with problem_progress(self.paths) as progress:
            result = await fix_all(
                pipeline,
                part.index,
                Budget(_SECONDS, 1),
                only_preferred=False,
                wanted=wanted,
                models=self.models(part.path),
                find=selection.watching(finder),
                progress=progress,
            )
        left = selection.left(result.snapshot, result.left)
        fixed = fixed_in_file(part, result)
        parts = self._parts(fixed.snapshot.text, part.path) if left else []
        now = next((other for other in parts if other.key == part.key), None)
        if now is None or now.index.snapshot.text != result.snapshot.text:
            return fixed, []
        explained = [await self._explained(pipeline, now.index, problem) for problem in left]
        return fixed, [shown for problem in explained if (shown := left_in_file(now, problem)) is not None]

    async def _explained(self, pipeline: Pipeline, index: Index, left: LeftProblem) -> LeftProblem:
        """Return a problem that is left, with the reason if it has no offer. Cancellable at every await."""
        if left.offer is not None:
            return left
        return left._replace(reason=await self.silence.reason(pipeline, index, left.problem))

    def _fail(self, message: str) -> None:
        self.failed.append(message)
        complain(message)

    def _parts(self, text: str, path: str) -> list[FilePart]:
        return parts_of_file(text, path, self.choices, self.roots)

    def _finder(self, part: FilePart) -> Finder:
        """Return what finds the problems of a part."""
        return self._finder_with(self._checkers(part), part)

    def _pipeline_and_finder(self, part: FilePart) -> tuple[Pipeline, Finder]:
        """Return what fixes a part and what finds its problems. They share what the checkers report of a text."""
        pipeline, checkers = pipeline_for(part, self.choices), self._checkers(part)
        return checkers.pipeline(pipeline) if checkers else pipeline, self._finder_with(checkers, part)

    def _checkers(self, part: FilePart) -> FileCheckers | None:
        return self.checkers.of(part.path, is_whole=part.view is None)

    def _finder_with(self, checkers: FileCheckers | None, part: FilePart) -> Finder:
        """Return what finds the problems of a part; types look only at the file as it is."""
        finder = self.types.finder(part.path) if part.view is None else find_own
        return checkers.finder(finder) if checkers else finder


@asynccontextmanager
async def running(
    options: Options, choices: Choices, paths: Sequence[str], roots: tuple[str, ...]
) -> AsyncIterator[Run]:
    """Yield a run; the processes and gateways that it used end with the context, also by cancellation. At the end the
    user is told what was left out for want of time."""
    async with AsyncExitStack() as stack:
        types = await stack.enter_async_context(types_of(roots))
        checkers = await stack.enter_async_context(checkers_of(choices))
        models: ModelsOf = no_models
        if options.model:
            models = await stack.enter_async_context(models_of(choices))
        yield Run(options, choices, paths, roots, types, checkers, models)
        if types.note and not options.quiet:
            complain(types.note)


@cache
def _loaded(language: Language, selector: str) -> Pipeline:
    return Pipeline.load(language, selector)
