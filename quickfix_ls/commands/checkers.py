"""The user's checkers on the command line: what they report of a file is a problem too, and offers for it are proven by
them, as in an editor."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace

from quickfix_ls import checkers
from quickfix_ls.candidates.generate import Models
from quickfix_ls.checkers import Checkers
from quickfix_ls.checkers.running import find as find_program
from quickfix_ls.checkers.serving import Servers
from quickfix_ls.commands.choices import Choices
from quickfix_ls.commands.disk import STDIN
from quickfix_ls.fix_all import Finder
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import Language
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import problem_of
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.tasks import background
from quickfix_ls.values import Offer, Problem, Reported
from quickfix_ls.worker.checking import CheckerReports, Checking

SECONDS = 30.0
"""The time that a checker may take for a file."""

_SPARE_OFFERS = 3
"""Number of extra offers that are made, since a checker may refute some."""


class CheckerRuns:
    """The access to checkers during one command. Missing and unknown ones are told once, to standard error."""

    def __init__(self, choices: Choices, servers: Servers) -> None:
        self._choices = choices
        self._servers = servers
        self._told: set[str] = set()

    def of(self, path: str, *, is_whole: bool = True) -> FileCheckers | None:
        """Return the checkers of the file at `path` and its language's judge, or the judge alone for a text that is not
        the whole file; None if its settings name none."""
        settings = self._choices.settings(path)
        names = settings.checkers if is_whole else ()
        usable = tuple(name for name in dict.fromkeys(names) if self._is_usable(name, self._choices.language(path)))
        where = "" if path == STDIN else path
        return FileCheckers(Checking(usable, where, 0.0, {}, self._servers)) if usable or settings.explain else None

    def _is_usable(self, name: str, language: Language) -> bool:
        known = checkers.all_checkers(language.part(Checkers))
        checker = known.get(name)
        if checker is None:
            self._tell(f"there is no checker `{name}`; the checkers are {', '.join(known)}")
        elif find_program(checker.command[0]) is None:
            self._tell(f"the checker {name} is not on PATH: pip install {name}, or take it out of `checkers`")
        else:
            return True
        return False

    def _tell(self, complaint: str) -> None:
        if complaint not in self._told:
            self._told.add(complaint)
            print(f"quickfix-ls: {complaint}", file=sys.stderr)


class FileCheckers:
    """The checkers of one file; what they reported of a text is cached."""

    def __init__(self, checking: Checking) -> None:
        self._checking = checking
        self._reports: CheckerReports = checking.checked

    def finder(self, find: Finder) -> Finder:
        """Return the finder of what `find` finds and of what the checkers report besides.

        They are not run on a text with syntax errors, of which they would report little else. What they report about
        imports does not count, since they see the file without its project.
        """

        async def found(index: Index) -> list[Problem]:
            own = await find(index)
            if any(kind_of(problem).proof == "parser" for problem in own):
                return own
            reports = await self._now().reports(index)
            reported = (problem_of(index, report) for report in reports if not _is_about_import(index, report))
            return _merged([*own, *filter(None, reported)])

        return found

    def pipeline(self, pipeline: Pipeline) -> Pipeline:
        """Return the pipeline with offers that the checkers prove, where they reported the problem."""
        return _ProvingPipeline(pipeline, self)

    async def proven(self, index: Index, problem: Problem, offers: tuple[Offer, ...], limit: int) -> tuple[Offer, ...]:
        """Return at most `limit` of the offers, see `Checking.proven`."""
        return await self._now().proven(index, problem, offers, limit)

    def _now(self) -> Checking:
        return replace(self._checking, until=time.monotonic() + SECONDS)


class _ProvingPipeline(Pipeline):
    """A pipeline whose final offers are proven by checkers."""

    def __init__(self, pipeline: Pipeline, checkers: FileCheckers) -> None:
        self.__dict__.update(pipeline.__dict__)
        self._checkers = checkers

    async def final_offers(
        self, index: Index, problem: Problem, budget: Budget, models: Models | None = None, *, alone: bool = False
    ) -> tuple[Offer, ...]:
        """Return the final offers, without those that a checker refutes; of a problem that only a checker can prove to
        be gone, only proven ones. Cancellable at every await."""
        more = Budget(budget.seconds, budget.offers + _SPARE_OFFERS)
        offers = await super().final_offers(index, problem, more, models, alone=alone)
        return await self._checkers.proven(index, problem, offers, budget.offers)


@asynccontextmanager
async def checkers_of(choices: Choices) -> AsyncIterator[CheckerRuns]:
    """Yield the access to checkers; the servers that were started end with the context."""
    async with background() as tasks:
        servers = Servers(tasks)
        try:
            yield CheckerRuns(choices, servers)
        finally:
            await servers.aclose()


def _merged(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems in the order of the text, each once: of one error, every checker marks another part."""
    found: list[Problem] = []
    for problem in problems:
        if not any(other.code == problem.code and other.span.touches(problem.span) for other in found):
            found.append(problem)
    return sorted(found, key=lambda problem: problem.span)


def _is_about_import(index: Index, report: Reported) -> bool:
    line = index.snapshot.line_text(index.snapshot.line_at(report.span.start))
    return index.language.part(Checkers).imports.match(line) is not None
