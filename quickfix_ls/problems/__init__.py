"""One way in for each origin of a problem: what the editor reports, and what our own analysis finds."""

from __future__ import annotations

from dataclasses import replace

from quickfix_ls.index.index import Index
from quickfix_ls.problems.diagnosis import Diagnosis
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.problems.switches import switched_on
from quickfix_ls.problems.syntax_errors import syntax_problems
from quickfix_ls.values import Problem, Reported, Span

__all__ = ["Reported", "distance", "find_all", "find_at", "problem_of"]


def find_all(index: Index) -> list[Problem]:
    """Every problem of a document, in the order of its text: syntax errors and what the language's analysis finds, but
    for those that a `# quickfix: off` switches off."""
    own = [*syntax_problems(index), *index.language.part(Diagnosis).findings(index, 0, None)]
    found = switched_on(index.snapshot, own)
    return sorted(found, key=lambda problem: problem.span)


def find_at(index: Index, span: Span, reported: tuple[Reported, ...] = ()) -> list[Problem]:
    """The problems to fix when somebody asks at `span`: first those that a tool reported, then our own, the nearest
    first and syntax errors before names, since a name can't be judged while its line does not parse.

    `reported` are the request's diagnostics of any tool, matched by range and message and trusted in neither:
    our own analysis at that place decides what the problem is. Without them, only problems on the lines of
    `span` count, or on the next line to it. What a `# quickfix: off` switches off is left out.
    """
    matched = [problem for report in reported if (problem := problem_of(index, report)) is not None]
    own = [problem for problem in _around(index, span) if _is_close(index, problem, span)]
    own.sort(key=lambda problem: (not kind_of(problem).first, distance(problem, span)))
    own += _suspected(index, span) if not (matched or own) else []
    return switched_on(index.snapshot, _merged([*matched, *own]))


def problem_of(index: Index, reported: Reported) -> Problem | None:
    """The problem that a tool's diagnostic is about; None where it is about nothing that can be fixed."""
    return index.language.part(Diagnosis).reading(index, reported)


def distance(problem: Problem, span: Span) -> tuple[int, int]:
    """How far a problem lies from a span, for sorting."""
    return problem.span.gap(span), problem.span.start


def _merged(problems: list[Problem]) -> list[Problem]:
    """Each problem once, with the hints of all who reported it."""
    found: dict[Problem, Problem] = {}
    for problem in problems:
        known = found.setdefault(problem, problem)
        found[problem] = replace(known, hints=tuple(dict.fromkeys((*known.hints, *problem.hints))))
    return list(found.values())


def _around(index: Index, span: Span) -> list[Problem]:
    first, last = index.unit_at(span.start), index.unit_at(span.end)
    first, last = max(0, first - 1), min(len(index.cuts) - 1, last + 1)
    findings = list(index.language.part(Diagnosis).findings(index, first, last))
    return [*syntax_problems(index, first, last), *findings]


def _suspected(index: Index, span: Span) -> list[Problem]:
    """What looks wrong on the lines of a place where nothing else is."""
    snapshot = index.snapshot
    start = snapshot.line_span(snapshot.line_at(span.start)).start
    within = Span(start, snapshot.line_span(snapshot.line_at(span.end)).end)
    units = index.unit_at(within.start), index.unit_at(within.end)
    return sorted(
        index.language.part(Diagnosis).suspicions(index, *units, within), key=lambda problem: distance(problem, span)
    )


def _is_close(index: Index, problem: Problem, span: Span) -> bool:
    snapshot = index.snapshot
    slack = 1 if kind_of(problem).wide else 0
    first, last = snapshot.line_at(problem.span.start), snapshot.line_at(problem.span.end)
    return first <= snapshot.line_at(span.end) + slack and snapshot.line_at(span.start) <= last + slack
