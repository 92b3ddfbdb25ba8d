"""Type inference for the files of a command, which waits for it a limited time in all."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from quickfix_ls import languages
from quickfix_ls.commands.disk import STDIN
from quickfix_ls.fix_all import Finder
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import TypeEvidence, TypeService
from quickfix_ls.problems import find_all, find_at
from quickfix_ls.values import Problem, Span

SECONDS = 2.0
"""The time in seconds that a command waits for types in all."""


class Types:
    """The access to types during one command; without installed type inference no type is known.

    `roots` are the folders of the command's files; `seconds` is the time to wait in all, after which no type is asked
    for. Answers are cached.
    """

    def __init__(self, roots: Sequence[str], seconds: float = SECONDS) -> None:
        self._roots = roots
        self._seconds = self._left = seconds
        self._services: dict[str, TypeService] = {}
        self._known: dict[tuple[str, str, str], Any] = {}
        self._unasked: set[tuple[str, str, str]] = set()

    @property
    def note(self) -> str:
        """What was left out because types took too long, for the user; empty if nothing was."""
        if not self._unasked:
            return ""
        count, files = len(self._unasked), len({path for path, _, _ in self._unasked})
        names = "one name that may be misspelt was" if count == 1 else f"{count} names that may be misspelt were"
        where = f"in {files} files " if files > 1 else ""
        return f"the types took longer than {self._seconds:g} s: {names} left unchecked {where}".rstrip()

    def finder(self, path: str) -> Finder:
        """Return the finder of the problems of the file at `path`: our own, and suspicions that types confirm."""

        async def find(index: Index) -> list[Problem]:
            own, evidence = find_all(index), _evidence(index)
            doubts = evidence.suspected_in(index) if evidence is not None else ()
            # A problem that is found without types needs none.
            doubts = tuple(doubt for doubt in doubts if all(doubt.span != problem.span for problem in own))
            if evidence is None or not doubts:
                return own
            shown = await self._informed(evidence, index, path, doubts, [])
            return sorted([*own, *shown], key=lambda problem: problem.span)

        return find

    async def found_at(self, index: Index, path: str, span: Span) -> list[Problem]:
        """Return the problems at a span, as in an editor when the user asks for fixes there. Cancellable."""
        found, evidence = find_at(index, span), _evidence(index)
        doubts = evidence.doubts_at(index, span, found, ()) if evidence is not None else ()
        if evidence is None or not doubts:
            return found
        return await self._informed(evidence, index, path, doubts, found)

    async def aclose(self) -> None:
        """End the processes of the type inference. Cancellation leaves some of them running."""
        for service in self._services.values():
            await service.aclose()

    async def _informed(
        self, evidence: TypeEvidence, index: Index, path: str, doubts: Sequence[Any], found: Sequence[Problem]
    ) -> list[Problem]:
        """Return the problems after the types of `doubts` are known; asks only about doubts without a cached answer.

        The cache's key is the path, name and line of a doubt, since a fix elsewhere hardly ever changes the members of
        an object. Cancellable.
        """
        keys = {doubt: (path, doubt.name, _line(index, doubt.span)) for doubt in doubts}
        new = [doubt for doubt in doubts if keys[doubt] not in self._known]
        if new:
            answers = await self._answers(evidence, index, path, new)
            self._known.update(zip((keys[doubt] for doubt in new), answers, strict=True))
            if self._left <= 0:
                self._unasked |= {keys[doubt] for doubt, answer in zip(new, answers, strict=True) if answer is None}
        return evidence.informed(index, found, doubts, tuple(self._known[keys[doubt]] for doubt in doubts))

    async def _answers(self, evidence: TypeEvidence, index: Index, path: str, doubts: Sequence[Any]) -> Sequence[Any]:
        """Return the answers that come in the time that is left. Cancellable."""
        if self._left <= 0:
            return [None for _ in doubts]
        where = "" if path in ("", STDIN) else os.path.abspath(path)
        service = self._services.setdefault(index.language.name, evidence.start())
        began = time.monotonic()
        answers = await service.ask(evidence.question(index, where, self._roots, doubts), self._left)
        taken = time.monotonic() - began
        # An answer that was cut short used up the time but for a rest that is too short for another question.
        self._left = self._left - taken if taken < 0.9 * self._left else 0.0
        return answers


@asynccontextmanager
async def types_of(roots: Sequence[str], seconds: float | None = None) -> AsyncIterator[Types]:
    """Yield the types for files in some folders, which take `seconds` in all (None: SECONDS); the processes of the
    inference end with the context."""
    types = Types(roots, SECONDS if seconds is None else seconds)
    try:
        yield types
    finally:
        await types.aclose()


def _evidence(index: Index) -> TypeEvidence | None:
    evidence = languages.of(index.language.name).types
    return evidence if evidence is not None and evidence.is_installed() else None


def _line(index: Index, span: Span) -> str:
    snapshot = index.snapshot
    return snapshot.line_text(snapshot.line_at(span.start))
