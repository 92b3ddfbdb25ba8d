"""One way in for each origin of a problem: what the editor reports, and what our own analysis finds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.analysis.slips import misspelt
from quickfix_ls.problems.switches import switched_on
from quickfix_ls.values import Problem, Span

_NEIGHBOURS = 30
_QUOTED_NAME = re.compile(r"[\"'`](\w+)[\"'`]")
_UNDEFINED = re.compile(r"not defined|undefined|unresolved reference|cannot find name|used but not", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reported:
    """A diagnostic of any tool, as the editor handed it to us; any of `source` and `code` may be empty."""

    message: str
    span: Span
    source: str = ""
    code: str = ""


def find_all(analysis: Analysis) -> list[Problem]:
    """Every problem of a document, in the order of its text: syntax errors, undefined names and misspelt members,
    but for those that a `# quickfix: off` switches off."""
    own = [*analysis.syntax_problems(), *analysis.undefined_names(), *misspelt(analysis)]
    found = switched_on(analysis.snapshot, own)
    return sorted(found, key=lambda problem: problem.span)


def find_at(analysis: Analysis, span: Span, reported: tuple[Reported, ...] = ()) -> list[Problem]:
    """The problems to fix when somebody asks at `span`: first those that a tool reported, then our own, the nearest
    first and syntax errors before names, since a name can't be judged while its line does not parse.

    `reported` are the request's diagnostics of any tool, matched by range and message and trusted in neither:
    our own analysis at that place decides what the problem is. Without them, only problems on the lines of
    `span` count, or on the next line to it. What a `# quickfix: off` switches off is left out.
    """
    matched = [problem for one in reported for problem in _of_report(analysis, one)]
    own = [problem for problem in _around(analysis, span) if _is_close(analysis, problem, span)]
    own.sort(key=lambda problem: (problem.kind != "syntax", _distance(problem, span)))
    return switched_on(analysis.snapshot, dict.fromkeys([*matched, *own]))


def _around(analysis: Analysis, span: Span) -> list[Problem]:
    first, last = analysis.unit_at(span.start), analysis.unit_at(span.end)
    first, last = max(0, first - 1), min(len(analysis.cuts) - 1, last + 1)
    names = [*analysis.undefined_names(first, last), *misspelt(analysis, first, last)]
    return [*analysis.syntax_problems(first, last), *names]


def _is_close(analysis: Analysis, problem: Problem, span: Span) -> bool:
    snapshot = analysis.snapshot
    slack = 1 if problem.kind == "syntax" else 0
    first, last = snapshot.line_at(problem.span.start), snapshot.line_at(problem.span.end)
    return first <= snapshot.line_at(span.end) + slack and snapshot.line_at(span.start) <= last + slack


def _of_report(analysis: Analysis, reported: Reported) -> list[Problem]:
    if _UNDEFINED.search(reported.message):
        return _undefined(analysis, reported)
    faults = _nearest_faults(analysis, reported.span)
    return faults[:1]


def _undefined(analysis: Analysis, reported: Reported) -> list[Problem]:
    """The reported name where it stands: at the reported span, or else on the reported lines."""
    match = _QUOTED_NAME.search(reported.message)
    if match is None:
        return []
    name, snapshot = match.group(1), analysis.snapshot
    start = snapshot.line_span(snapshot.line_at(reported.span.start)).start
    end = snapshot.line_span(snapshot.line_at(reported.span.end)).end
    places = list(re.finditer(rf"(?<![\w.]){re.escape(name)}\b", snapshot.text[start:end]))
    if not places:
        return []
    best = min(places, key=lambda place: abs(start + place.start() - reported.span.start))
    span = Span(start + best.start(), start + best.end())
    origin = f"client:{reported.source}" if reported.source else "client"
    own = analysis.undefined_names(analysis.unit_at(span.start), analysis.unit_at(span.start))
    if any(problem.name == name and problem.span == span for problem in own):
        origin = "analysis"
    return [Problem("name", f"name '{name}' is not defined", "NameError", span, name, origin)]


def _nearest_faults(analysis: Analysis, span: Span) -> list[Problem]:
    """Syntax errors around a reported place, the nearest first: tools disagree on where an error is."""
    unit = analysis.unit_at(span.start)
    first, last = max(0, unit - _NEIGHBOURS), min(len(analysis.cuts) - 1, unit + _NEIGHBOURS)
    return sorted(analysis.syntax_problems(first, last), key=lambda problem: _distance(problem, span))


def _distance(problem: Problem, span: Span) -> tuple[int, int]:
    gap = max(problem.span.start - span.end, span.start - problem.span.end, 0)
    return (gap, problem.span.start)
