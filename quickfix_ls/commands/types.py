"""What types tell a command about its files; nobody waits with a cursor, so that they are always waited for."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.commands.disk import STDIN
from quickfix_ls.fix_all import Finder
from quickfix_ls.inference import Facts, Kind, Question, Resident, folders_for, is_installed
from quickfix_ls.problems import find_all, find_at
from quickfix_ls.problems.typed import Doubt, doubts_at, informed, suspected_in
from quickfix_ls.values import Problem, Span


class Types:
    """One command's way to the types; without jedi, nothing is known. `roots` are the folders of its files."""

    def __init__(self, resident: Resident, roots: Sequence[str]) -> None:
        self._resident = resident
        self._roots = roots
        self._known: dict[tuple[str, Kind, str, str], Facts | None] = {}

    def finder(self, path: str) -> Finder:
        """What finds the problems of the file at `path`: our own, and what is suspected and types confirm."""

        async def find(analysis: Analysis) -> list[Problem]:
            own, doubts = find_all(analysis), suspected_in(analysis)
            if not doubts or not is_installed():
                return own
            shown = await self._informed(analysis, path, doubts, [])
            return sorted([*own, *shown], key=lambda problem: problem.span)

        return find

    async def found_at(self, analysis: Analysis, path: str, span: Span) -> list[Problem]:
        """The problems at a place, as when somebody asks for them in an editor."""
        found = find_at(analysis, span)
        doubts = doubts_at(analysis, span, found) if is_installed() else ()
        return await self._informed(analysis, path, doubts, found) if doubts else found

    async def _informed(
        self, analysis: Analysis, path: str, doubts: Sequence[Doubt], found: Sequence[Problem]
    ) -> list[Problem]:
        """Asks for what is not known yet. A fix elsewhere hardly ever changes what an owner has, so that the line and
        the name are enough to know a doubt by."""
        keys = {doubt: _key(analysis, path, doubt) for doubt in doubts}
        new = [doubt for doubt in doubts if keys[doubt] not in self._known]
        if new:
            answers = await self._resident.ask(self._question(analysis, path, new))
            self._known.update(zip((keys[doubt] for doubt in new), answers, strict=True))
        return informed(analysis, found, doubts, tuple(self._known[keys[doubt]] for doubt in doubts))

    def _question(self, analysis: Analysis, path: str, doubts: Sequence[Doubt]) -> Question:
        where = "" if path in ("", STDIN) else os.path.abspath(path)
        inquiries = tuple(doubt.inquiry for doubt in doubts)
        return Question(analysis.snapshot.text, where, folders_for(where, self._roots), inquiries)


@asynccontextmanager
async def types_of(roots: Sequence[str]) -> AsyncIterator[Types]:
    """The types for files in some folders; the process that tells them ends with the command."""
    resident = Resident()
    try:
        yield Types(resident, roots)
    finally:
        await resident.aclose()


def _key(analysis: Analysis, path: str, doubt: Doubt) -> tuple[str, Kind, str, str]:
    snapshot = analysis.snapshot
    line = snapshot.line_text(snapshot.line_at(doubt.span.start))
    return path, doubt.inquiry.kind, doubt.use.name, line
