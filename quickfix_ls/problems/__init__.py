"""Find the problems of a document: from the diagnostics that tools report, and by the language's own analysis."""

from __future__ import annotations

from dataclasses import replace

from quickfix_ls.index.index import Index
from quickfix_ls.problems.followers import leading
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.problems.problem_finder import ProblemFinder
from quickfix_ls.problems.switches import switched_on
from quickfix_ls.problems.syntax_errors import syntax_problems
from quickfix_ls.values import Problem, Reported, Span

__all__ = ["Reported", "distance", "find_all", "find_at", "problem_of"]


def find_all(index: Index) -> list[Problem]:
    """Return every problem of a document, sorted by span: syntax errors and the findings of the language's analysis.

    Problems that a `# quickfix: off` comment switches off are left out, and errors that only follow from another one.
    """
    own = [*leading(index, syntax_problems(index)), *index.language.part(ProblemFinder).findings(index, 0, None)]
    found = switched_on(index.snapshot, own)
    return sorted(found, key=lambda problem: problem.span)


def find_at(index: Index, span: Span, reported: tuple[Reported, ...] = ()) -> list[Problem]:
    """Return the problems to fix for a request at `span`: first those that a tool reported, then our own findings.

    Our own are sorted by distance, syntax errors before undefined names, since a name can't be resolved while its line
    does not parse. `reported` are the diagnostics of the request, from any tool. Their range and message only select
    the place; our own analysis there decides the problem. Of our own findings, only those on the lines of `span` count,
    or for syntax errors on an adjacent line. Problems that a `# quickfix: off` comment switches off are left out.
    """
    matched = [problem for report in reported if (problem := problem_of(index, report)) is not None]
    own = [problem for problem in _around(index, span) if _is_close(index, problem, span)]
    own.sort(key=lambda problem: (not kind_of(problem).first, distance(problem, span)))
    own += _suspected(index, span) if not (matched or own) else []
    return switched_on(index.snapshot, _merged([*matched, *own]))


def problem_of(index: Index, reported: Reported) -> Problem | None:
    """Return the problem that a tool's diagnostic describes, with the facts of a failed program; None if it describes
    nothing that can be fixed."""
    found = index.language.part(ProblemFinder).reading(index, reported)
    if found is None:
        return None
    return replace(found, shown_as=reported.shown_as or found.shown_as, facts=reported.facts)


def distance(problem: Problem, span: Span) -> tuple[int, int]:
    """Return a sort key for the distance of a problem from a span: code points between them, then its offset."""
    return problem.span.gap(span), problem.span.start


def _merged(problems: list[Problem]) -> list[Problem]:
    """Return each problem once, with the hints of all its duplicates."""
    found: dict[Problem, Problem] = {}
    for problem in problems:
        known = found.setdefault(problem, problem)
        found[problem] = replace(known, hints=tuple(dict.fromkeys((*known.hints, *problem.hints))))
    return list(found.values())


def _around(index: Index, span: Span) -> list[Problem]:
    first, last = index.unit_at(span.start), index.unit_at(span.end)
    first, last = max(0, first - 1), min(len(index.cuts) - 1, last + 1)
    findings = list(index.language.part(ProblemFinder).findings(index, first, last))
    return [*syntax_problems(index, first, last), *findings]


def _suspected(index: Index, span: Span) -> list[Problem]:
    """Return the suspicious code on the lines of a span, nearest first; used if no definite problem is there."""
    snapshot = index.snapshot
    start = snapshot.line_span(snapshot.line_at(span.start)).start
    within = Span(start, snapshot.line_span(snapshot.line_at(span.end)).end)
    units = index.unit_at(within.start), index.unit_at(within.end)
    return sorted(
        index.language.part(ProblemFinder).suspicions(index, *units, within),
        key=lambda problem: distance(problem, span),
    )


def _is_close(index: Index, problem: Problem, span: Span) -> bool:
    snapshot = index.snapshot
    slack = 1 if kind_of(problem).wide else 0
    first = snapshot.line_at(min(problem.span.start, problem.shown.start))
    last = snapshot.line_at(max(problem.span.end, problem.shown.end))
    return first <= snapshot.line_at(span.end) + slack and snapshot.line_at(span.start) <= last + slack
