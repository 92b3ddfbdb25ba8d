"""Type inference for the files of a command; unlike in an editor, a command always waits for it."""

from __future__ import annotations

import os
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


class Types:
    """The access to types during one command; without installed type inference no type is known.

    `roots` are the folders of the command's files.
    """

    def __init__(self, roots: Sequence[str]) -> None:
        self._roots = roots
        self._services: dict[str, TypeService] = {}
        self._known: dict[tuple[str, str, str], Any] = {}

    def finder(self, path: str) -> Finder:
        """Return the finder of the problems of the file at `path`: our own, and suspicions that types confirm."""

        async def find(index: Index) -> list[Problem]:
            own, evidence = find_all(index), _evidence(index)
            doubts = evidence.suspected_in(index) if evidence is not None else ()
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
            where = "" if path in ("", STDIN) else os.path.abspath(path)
            service = self._services.setdefault(index.language.name, evidence.start())
            answers = await service.ask(evidence.question(index, where, self._roots, new))
            self._known.update(zip((keys[doubt] for doubt in new), answers, strict=True))
        return evidence.informed(index, found, doubts, tuple(self._known[keys[doubt]] for doubt in doubts))


@asynccontextmanager
async def types_of(roots: Sequence[str]) -> AsyncIterator[Types]:
    """Yield the types for files in some folders; the processes of the inference end with the context."""
    types = Types(roots)
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
