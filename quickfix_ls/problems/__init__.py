"""One way in for each origin of a problem: what the editor reports, and what our own analysis finds."""

from __future__ import annotations

from dataclasses import replace

from quickfix_ls.analysis.findings import findings
from quickfix_ls.analysis.index import Analysis
from quickfix_ls.analysis.suspects import suspects
from quickfix_ls.problems.reports import distance, problem_of
from quickfix_ls.problems.switches import switched_on
from quickfix_ls.values import Problem, Reported, Span

__all__ = ["find_all", "find_at", "problem_of"]


def find_all(analysis: Analysis) -> list[Problem]:
    """Every problem of a document, in the order of its text: syntax errors, undefined names and misspelt members,
    but for those that a `# quickfix: off` switches off."""
    own = [*analysis.syntax_problems(), *analysis.undefined_names(), *findings(analysis)]
    found = switched_on(analysis.snapshot, own)
    return sorted(found, key=lambda problem: problem.span)


def find_at(analysis: Analysis, span: Span, reported: tuple[Reported, ...] = ()) -> list[Problem]:
    """The problems to fix when somebody asks at `span`: first those that a tool reported, then our own, the nearest
    first and syntax errors before names, since a name can't be judged while its line does not parse.

    `reported` are the request's diagnostics of any tool, matched by range and message and trusted in neither:
    our own analysis at that place decides what the problem is. Without them, only problems on the lines of
    `span` count, or on the next line to it. What a `# quickfix: off` switches off is left out.
    """
    matched = [problem for one in reported if (problem := problem_of(analysis, one)) is not None]
    own = [problem for problem in _around(analysis, span) if _is_close(analysis, problem, span)]
    own.sort(key=lambda problem: (problem.kind != "syntax", distance(problem, span)))
    own += _suspected(analysis, span) if not (matched or own) else []
    return switched_on(analysis.snapshot, _merged([*matched, *own]))


def _merged(problems: list[Problem]) -> list[Problem]:
    """Each problem once, with the hints of all who reported it."""
    found: dict[Problem, Problem] = {}
    for one in problems:
        known = found.setdefault(one, one)
        found[one] = replace(known, hints=tuple(dict.fromkeys((*known.hints, *one.hints))))
    return list(found.values())


def _around(analysis: Analysis, span: Span) -> list[Problem]:
    first, last = analysis.unit_at(span.start), analysis.unit_at(span.end)
    first, last = max(0, first - 1), min(len(analysis.cuts) - 1, last + 1)
    names = [*analysis.undefined_names(first, last), *findings(analysis, first, last)]
    return [*analysis.syntax_problems(first, last), *names]


def _suspected(analysis: Analysis, span: Span) -> list[Problem]:
    """What looks wrong on the lines of a place where nothing else is."""
    snapshot = analysis.snapshot
    start = snapshot.line_span(snapshot.line_at(span.start)).start
    within = Span(start, snapshot.line_span(snapshot.line_at(span.end)).end)
    found = suspects(analysis, analysis.unit_at(within.start), analysis.unit_at(within.end), within)
    return sorted(found, key=lambda problem: distance(problem, span))


def _is_close(analysis: Analysis, problem: Problem, span: Span) -> bool:
    snapshot = analysis.snapshot
    slack = 1 if problem.kind == "syntax" else 0
    first, last = snapshot.line_at(problem.span.start), snapshot.line_at(problem.span.end)
    return first <= snapshot.line_at(span.end) + slack and snapshot.line_at(span.start) <= last + slack
