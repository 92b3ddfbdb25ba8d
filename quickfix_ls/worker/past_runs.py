"""What programs failed with when they ran last, as problems of the open documents: `runs.store` has the errors.

An error counts as long as the line where it was raised has the same text, and the program has not run clean since.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.problems import problem_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.problems.run_facts import reports_of
from quickfix_ls.problems.switches import switched_on
from quickfix_ls.runs.store import PastError, Reader
from quickfix_ls.values import Problem, Reported, Span
from quickfix_ls.worker.document_parts import reported_in
from quickfix_ls.worker.open_documents import OpenDocument

SOURCE = "python"
"""The source of the reports, as elsewhere for errors of a run."""


class PastRuns:
    """The errors of the last runs in the open documents."""

    def __init__(self) -> None:
        self._reader = Reader()
        self._told: dict[str, list[PastError]] = {}

    def renewed(self, documents: Iterable[OpenDocument]) -> list[str]:
        """Look for runs since the last look; return the URIs of the documents whose errors are others now. The answers
        about them are dropped."""
        if not self._reader.look():
            return []
        changed: list[str] = []
        for document in documents:
            errors = self._errors(document)
            if errors != self._told.get(document.uri, []):
                document.forget_answers()
                changed.append(document.uri)
            self._told[document.uri] = errors
        return changed

    def problems(self, document: OpenDocument) -> list[Problem]:
        """Return the problems of a document's present text that errors of runs are about, also those of which nothing
        is known but where they were raised."""
        found: dict[Problem, Problem] = {}
        for reports in self._reports(document):
            read, seen = _read(document, reports), reported_in(document, tuple(reports))
            problem = read[1] if read is not None else _unread(seen[0]) if seen else None
            if problem is not None:
                found.setdefault(problem, problem)
        return switched_on(document.index.snapshot, found.values())

    def reported_at(self, document: OpenDocument, span: Span, reported: tuple[Reported, ...]) -> tuple[Reported, ...]:
        """Return the diagnostics of a question about a span with the errors of runs on its lines, which come first. Our
        own diagnostics of these, which the editor sends back, are left out."""
        text = document.text
        first, last = text.line_at(span.start), text.line_at(span.end)
        found: list[Reported] = []
        shown: set[str] = set()
        for reports in self._reports(document):
            if first <= text.line_at(reports[0].span.start) <= last:
                shown.add(reports[0].shown_as)
                read = _read(document, reports)
                found += [read[0]] if read is not None else []
        return (*found, *(report for report in reported if report.message not in shown))

    def _reports(self, document: OpenDocument) -> Iterator[list[Reported]]:
        """Yield the diagnostics that may stand for each error whose line is the same, the narrowest place first."""
        text = document.text
        for past in self._errors(document):
            line = past.place.line - 1
            if 0 <= line < text.line_count and past.place.text and _is_same(text, line, past.place.text):
                said_by = f"{past.program.name}, {time.strftime('%H:%M', time.localtime(past.at))}"
                shown = f"{past.error.said} ({said_by})"
                yield list(reports_of(past.error, past.place, text.line_span(line), SOURCE, shown))

    def _errors(self, document: OpenDocument) -> list[PastError]:
        if not document.path or document.is_notebook:
            return []
        return self._reader.errors_for(document.path)


def _is_same(text: Snapshot, line: int, known: str) -> bool:
    return text.line_text(line).strip() == known.strip()


def _read(document: OpenDocument, reports: list[Reported]) -> tuple[Reported, Problem] | None:
    """Return the first of several diagnostics that says what can be fixed, with its problem, in the document's own text
    as it is indexed."""
    for report in reports:
        for seen in reported_in(document, (report,)):
            problem = problem_of(document.index, seen)
            if problem is not None:
                return report, problem
    return None


def _unread(report: Reported) -> Problem:
    """Return the problem of an error of which nothing else is known."""
    return Problem(
        RUN, report.message, report.code, report.span, origin=f"client:{report.source}", shown_as=report.shown_as
    )
