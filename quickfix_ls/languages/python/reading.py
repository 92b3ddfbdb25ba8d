"""Conversion of a tool's diagnostic to a problem: the tool gives the location, our own analysis decides what is wrong
there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from quickfix_ls.checkers import hints_of
from quickfix_ls.checkers.checker import Reading
from quickfix_ls.index.index import Index
from quickfix_ls.languages.python import checkers
from quickfix_ls.languages.python.facts import binds, binds_certainly, facts_of, imported_modules
from quickfix_ls.languages.python.findings import findings
from quickfix_ls.languages.python.meant_names import meant_by
from quickfix_ls.languages.python.run_messages import run_problem
from quickfix_ls.languages.python.runtime_messages import readings_of
from quickfix_ls.problems import distance
from quickfix_ls.problems.kinds import KINDS, NAME, SYNTAX, TYPE
from quickfix_ls.problems.syntax_errors import syntax_problems
from quickfix_ls.values import Problem, Reported, Span

_UNITS_AROUND = 30

_QUOTED_NAME = re.compile(r"[\"'`](\w+)[\"'`]")
_UNDEFINED = re.compile(r"not defined|undefined|unresolved reference|cannot find name|used but not", re.IGNORECASE)

_CAUSES = {
    "UnboundLocalError": r"(?<![\w.]){name}(?!\w)",
    "RuntimeWarning": r"(?<=\.){name}(?!\w)",
    "NameError": r"(?<![\w.]){name}(?!\w)(?!\s*=(?![=}}!:]))",
    "AttributeError": r"(?<=\.){name}(?!\w)",
    "ImportError": r"(?<![\w.]){name}(?!\w)",
    "ModuleNotFoundError": r"(?<![\w.]){name}(?!\w)",
    "KeyError": r"(?<=\[[\"']){name}(?=[\"']\])",
    "TypeError": r"(?<![\w.]){name}(?=\s*=(?!=))",
}
"""Patterns of the occurrence of a name that causes such an error."""

_MESSAGES = {
    "NameError": "name '{name}' is not defined",
    "AttributeError": "there is no attribute '{name}'",
    "ImportError": "cannot import name '{name}'",
    "KeyError": "there is no key '{name}'",
    "ModuleNotFoundError": "No module named '{name}'",
    "TypeError": "got an unexpected keyword argument '{name}'",
    "self": "{name}() takes 0 positional arguments but 1 was given",
}
"""Our wording of what tools report in theirs, so that a problem that several tools report is the same problem."""

_WARNINGS = frozenset({"SyntaxWarning", "DeprecationWarning"})
"""Warnings of the compiler, which checkers report too."""
_ATTRIBUTE = _CAUSES["AttributeError"]
_NOT_CALLABLE = re.compile(r"\Amodule not callable|\bmodule\b.*(?:is|object) not callable|module is not callable", re.I)
_EMPTY_METHOD = re.compile(r"\bdef[ \t]+(?P<name>\w+)[ \t]*\([ \t]*\)")


def problem_of(index: Index, reported: Reported) -> Problem | None:
    """Return the problem that a diagnostic is about; None if it is not about anything that we can fix.

    The diagnostic's range and message are trusted as little as possible. If our analysis finds the same problem there,
    the result is that problem, with the tool's message attached. Otherwise the diagnostic is accepted only if the tool
    is known and some name that could be meant is known.
    """
    reading = checkers.read(reported)
    is_tool = checkers.is_known(reported.source)
    raised = run_problem(reported) if reading is None else None
    if raised is not None and not (is_tool and raised.code not in _WARNINGS):
        return replace(raised, reported=message_of(reported))
    if reading is None and not is_tool:
        if _NOT_CALLABLE.search(reported.message) and (called := _called_module(index, reported.span)) is not None:
            return _settled(index, Reading("TypeError", called[1]), reported, called[1], called[0])
        reading = _read_any(index, reported)
    if reading is None:
        return None
    if reading.code == "SyntaxError":
        fault = next(iter(_nearest_faults(index, reported.span)), None)
        return replace(fault, reported=message_of(reported)) if fault else None
    if KINDS[reading.kind].proof == "checker":
        return _of_types(index, reading, reported)
    span, name = _place(index, reading, reported.span)
    if span is None:
        if reading.name:
            raised = run_problem(reported, unexplained=True)
            return replace(raised, reported=message_of(reported)) if raised is not None and not is_tool else None
        # A method that has parameters, but not the one that it is called with.
        return _of_types(index, reading, reported)
    return _settled(index, reading, reported, name, span)


def message_of(reported: Reported) -> str:
    """Return the message of a tool, preceded by the tool's name where that is known."""
    return f"{reported.source}: {reported.message}" if reported.source else reported.message


def _settled(index: Index, reading: Reading, reported: Reported, name: str, span: Span) -> Problem | None:
    """Return the problem at a span: that of our own analysis if it finds one there, else that of the tool."""
    unit = index.unit_at(span.start)
    own = list(findings(index, unit, unit))
    same = next((problem for problem in own if problem.span == span and problem.name == name), None)
    if same is not None:
        is_known = meant_by(index, reading, span, name, reported.message).fate
        hints = () if is_known else (*same.hints, *reading.hints)
        return replace(same, reported=message_of(reported), hints=_fit(hints, name))
    if reading.code == "NameError" and binds_certainly(index, name):
        return _of_types(index, replace(reading, code="UnboundLocalError"), reported)
    return _taken_on_trust(index, reading, reported, name, span)


def _read_any(index: Index, reported: Reported) -> Reading | None:
    """Interpret the message of an unknown tool: an error that Python or a package raises, an undefined name, or an
    error that may be a syntax error."""
    readings = list(readings_of(reported.message))
    if readings:
        return next((found for found in readings if _place(index, found, reported.span)[0] is not None), readings[0])
    if not _UNDEFINED.search(reported.message):
        return Reading("SyntaxError", "", kind=SYNTAX)
    match = _QUOTED_NAME.search(reported.message)
    return Reading("NameError", match.group(1), hints_of(reported.message)) if match else None


def _of_types(index: Index, reading: Reading, reported: Reported) -> Problem:
    """Return the type problem that only the tool can prove, at the tool's range; for a member, at its name."""
    pattern = _ATTRIBUTE if reading.code == "TypeError" else _CAUSES[reading.code]
    found = _find(index, pattern, reading.name, reported.span) if reading.name else None
    message, first_line = message_of(reported), reported.message.partition("\n")[0]
    origin, span, name = f"client:{reported.source}", found or reported.span, reading.name
    return Problem(TYPE, first_line, reading.code, span, name, origin, message, reading.hints)


def _place(index: Index, reading: Reading, reported: Span) -> tuple[Span | None, str]:
    """Return the span of the wrong name on the reported lines, the nearest to the reported span, and the name."""
    if not reading.name:
        method = _EMPTY_METHOD.search(index.snapshot.text, *_lines_of(index, reported))
        return (Span(*method.span("name")), method["name"]) if method else (None, "")
    names = [reading.name]
    if reading.code == "NameError" and (read := _unbound_read(index, reading.name, reported)) is not None:
        return read, reading.name
    if reading.code == "ModuleNotFoundError":
        # The message has the whole dotted name, which a statement may write in two parts.
        names += [reading.name.partition(".")[0], reading.name.rpartition(".")[2]]
    places = ((_find(index, _CAUSES[reading.code], name, reported), name) for name in names)
    return next((place for place in places if place[0] is not None), (None, reading.name))


def _unbound_read(index: Index, name: str, reported: Span) -> Span | None:
    """Return the read of a name that its unit does not bind, on the reported lines, nearest to the reported span."""
    start, end = _lines_of(index, reported)
    places = [
        Span(index.cuts[unit].start + free.span.start, index.cuts[unit].start + free.span.end)
        for unit in range(index.unit_at(start), index.unit_at(end) + 1)
        for free in facts_of(index, unit).names.free
        if free.name == name
    ]
    within = [place for place in places if start <= place.start and place.end <= end]
    return min(within, key=lambda place: _apart(place, reported), default=None)


def _called_module(index: Index, reported: Span) -> tuple[Span, str] | None:
    """Return the call of an imported module on the reported lines, as the span of its name and the name."""
    for name in imported_modules(index):
        if (span := _find(index, r"(?<![\w.]){name}(?=\s*\()", name, reported)) is not None:
            return span, name
    return None


def _find(index: Index, pattern: str, name: str, reported: Span) -> Span | None:
    """Return the match of a pattern for a name on the reported lines that is nearest to the reported span."""
    start, end = _lines_of(index, reported)
    found = re.finditer(pattern.format(name=re.escape(name)), index.snapshot.text[start:end])
    places = [Span(start + match.start(), start + match.end()) for match in found]
    return min(places, key=lambda place: _apart(place, reported), default=None)


def _apart(place: Span, reported: Span) -> int:
    """Return by how much a place is outside of a reported span."""
    return max(reported.start - place.start, place.end - reported.end, 0)


def _lines_of(index: Index, span: Span) -> tuple[int, int]:
    snapshot = index.snapshot
    start = snapshot.line_span(snapshot.line_at(span.start)).start
    return start, snapshot.line_span(snapshot.line_at(span.end)).end


def _taken_on_trust(index: Index, reading: Reading, reported: Reported, name: str, span: Span) -> Problem | None:
    origin = f"client:{reported.source}" if reported.source else "client"
    meant = meant_by(index, reading, span, name, reported.message)
    hints = _fit(meant.names, name)
    is_open = not meant.fate and not hints and bool(reading.name) and reading.code != "NameError"
    if meant.fate == "gone":
        return None
    if is_open and not _is_no_member(index, reading, span):
        raised = run_problem(reported, unexplained=True)
        return replace(raised, reported=message_of(reported)) if raised else None
    message = _MESSAGES[reading.code if reading.name else "self"].format(name=name)
    if meant.fate == "replaced":
        message = reported.message.partition("\n")[0]  # it names the owner, which decides what takes the place
    return Problem(NAME, message, reading.code, span, name, origin, message_of(reported), hints)


def _is_no_member(index: Index, reading: Reading, span: Span) -> bool:
    """Return whether an attribute of `self` is a name of the file, or a builtin one."""
    is_own = index.snapshot.text.endswith(("self.", "cls."), 0, span.start)
    return reading.code == "AttributeError" and is_own and binds(index, reading.name)


def _fit(hints: Iterable[str], name: str) -> tuple[str, ...]:
    """Return the hints that are valid in place of the name."""
    return tuple(
        hint
        for hint in dict.fromkeys(hints)
        if hint != name
        and all(map(str.isidentifier, hint.split(".")))
        and (name.startswith("_") or not hint.startswith("_"))
    )


def _nearest_faults(index: Index, span: Span) -> list[Problem]:
    """Return the syntax errors around a reported span, the nearest first: tools disagree on where an error is."""
    unit = index.unit_at(span.start)
    first, last = max(0, unit - _UNITS_AROUND), min(len(index.cuts) - 1, unit + _UNITS_AROUND)
    return sorted(syntax_problems(index, first, last), key=lambda problem: distance(problem, span))
