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
from quickfix_ls.languages.python.facts import binds, imported_modules
from quickfix_ls.languages.python.findings import findings
from quickfix_ls.languages.python.members.dictionary_keys import near_keys
from quickfix_ls.languages.python.members.stdlib_members import type_members
from quickfix_ls.languages.python.names.near_names import is_foreign, nearest, nearest_method
from quickfix_ls.languages.python.project.importable import misspelt_module
from quickfix_ls.languages.python.project.moved_stdlib import MODULES
from quickfix_ls.languages.python.project.near_modules import near_modules
from quickfix_ls.languages.python.project.renamed_apis import successor_of
from quickfix_ls.languages.python.run_messages import run_problem
from quickfix_ls.problems import distance
from quickfix_ls.problems.kinds import KINDS, NAME, SYNTAX, TYPE
from quickfix_ls.problems.syntax_errors import syntax_problems
from quickfix_ls.values import Problem, Reported, Span

_UNITS_AROUND = 30
_MAX_DISTANCE = 20_000
"""The number of code points on either side that are searched for names that could be meant."""

_QUOTED_NAME = re.compile(r"[\"'`](\w+)[\"'`]")
_UNDEFINED = re.compile(r"not defined|undefined|unresolved reference|cannot find name|used but not", re.IGNORECASE)

_RAISED = {
    "AttributeError": re.compile(
        r"(?:\w*Error: )?(?:(?:partially initialized )?module|type object|'\w+' object)\b.* has no "
        r"attribute '(?P<name>\w+)'"
    ),
    "ImportError": re.compile(r"(?:\w*Error: )?cannot import name '(?P<name>\w+)'"),
    "KeyError": re.compile(r"KeyError: '(?P<name>\w+)'"),
    "ModuleNotFoundError": re.compile(r"(?:\w*Error: )?No module named '(?P<name>\w+)[\w.]*'"),
}
"""The messages of Python itself when it runs the code."""

_CAUSES = {
    "UnboundLocalError": r"(?<![\w.]){name}(?!\w)",
    "RuntimeWarning": r"(?<=\.){name}(?!\w)",
    "NameError": r"(?<![\w.]){name}(?!\w)",
    "AttributeError": r"(?<=\.){name}(?!\w)",
    "ImportError": r"(?<![\w.]){name}(?!\w)",
    "ModuleNotFoundError": r"(?<![\w.]){name}(?!\w)",
    "KeyError": r"(?<=\[[\"']){name}(?=[\"']\])",
    "TypeError": r"(?<![\w.]){name}(?=\s*=(?!=))",
}
"""Patterns of the occurrence of a name that causes such an error."""

_WORDS = {
    "AttributeError": re.compile(r"(?:\.|\bdef[ \t]+|^[ \t]+)([^\W\d]\w*)", re.MULTILINE),
    "TypeError": re.compile(r"(?<![\w.])([^\W\d]\w*)"),
}
"""Patterns of the names that could be meant instead."""

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
_OF_TYPE = re.compile(r"'(\w+)' object has no")
_ATTRIBUTE = _CAUSES["AttributeError"]
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
        reading = _read_any(reported)
    if reading is None:
        return None
    if reading.code == "SyntaxError":
        fault = next(iter(_nearest_faults(index, reported.span)), None)
        return replace(fault, reported=message_of(reported)) if fault else None
    if KINDS[reading.kind].proof == "checker":
        return _of_types(index, reading, reported)
    span, name = _place(index, reading, reported.span)
    if span is None:
        # A method that has parameters, but not the one that it is called with.
        return None if reading.name else _of_types(index, reading, reported)
    unit = index.unit_at(span.start)
    own = list(findings(index, unit, unit))
    same = next((problem for problem in own if problem.span == span and problem.name == name), None)
    if same is not None:
        return replace(same, reported=message_of(reported), hints=_fit(reading.hints, name))
    if reading.code == "NameError" and binds(index, name):
        return _of_types(index, replace(reading, code="UnboundLocalError"), reported)
    return _taken_on_trust(index, reading, reported, name, span)


def message_of(reported: Reported) -> str:
    """Return the message of a tool, preceded by the tool's name where that is known."""
    return f"{reported.source}: {reported.message}" if reported.source else reported.message


def _read_any(reported: Reported) -> Reading | None:
    """Interpret the message of an unknown tool: an undefined name, or an error that may be a syntax error."""
    for code, raised in _RAISED.items():
        if found := raised.match(reported.message):
            return Reading(code, found["name"], hints_of(reported.message))
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
    return _find(index, _CAUSES[reading.code], reading.name, reported), reading.name


def _find(index: Index, pattern: str, name: str, reported: Span) -> Span | None:
    """Return the match of a pattern for a name on the reported lines that is nearest to the reported span."""
    start, end = _lines_of(index, reported)
    found = re.finditer(pattern.format(name=re.escape(name)), index.snapshot.text[start:end])
    places = [Span(start + match.start(), start + match.end()) for match in found]
    return min(places, key=lambda place: max(reported.start - place.start, place.end - reported.end, 0), default=None)


def _lines_of(index: Index, span: Span) -> tuple[int, int]:
    snapshot = index.snapshot
    start = snapshot.line_span(snapshot.line_at(span.start)).start
    return start, snapshot.line_span(snapshot.line_at(span.end)).end


def _taken_on_trust(index: Index, reading: Reading, reported: Reported, name: str, span: Span) -> Problem | None:
    origin = f"client:{reported.source}" if reported.source else "client"
    members = _members_of_type(reported.message)
    is_translated = members is not None and is_foreign(name, members)
    hints = _fit([*reading.hints, *_meant(index, reading, span, members)], name)
    if not hints and reading.name and reading.code != "NameError":
        is_renamed = (
            successor_of(index.snapshot.text, imported_modules(index), span, name, reported.message) is not None
        )
        if not is_renamed and not is_translated and not _is_no_member(index, reading, span):
            raised = run_problem(reported, unexplained=True)
            return replace(raised, reported=message_of(reported)) if raised else None
    message = _MESSAGES[reading.code if reading.name else "self"].format(name=name)
    if is_translated:
        message = reported.message.partition("\n")[0]  # a tuple is extended differently from a string
    return Problem(NAME, message, reading.code, span, name, origin, message_of(reported), hints)


def _members_of_type(message: str) -> frozenset[str] | None:
    """Return the members of the builtin type that a tool's message mentions; None if it mentions none."""
    kind = _OF_TYPE.search(message)
    return type_members(kind[1]) if kind is not None else None


def _meant(index: Index, reading: Reading, span: Span, members: frozenset[str] | None) -> list[str]:
    """Return names that could be meant if the tool suggests none: an existing module, one of the `members` of a builtin
    type, a name that occurs nearby."""
    if reading.code == "ModuleNotFoundError":
        near = near_modules(index.snapshot.text, span.end, reading.name)
        return [MODULES.get(reading.name, ""), misspelt_module(reading.name), *near]
    if reading.code == "KeyError":
        return near_keys(index.snapshot.text, span)
    words = _WORDS.get(reading.code)
    if words is None or not reading.name:
        return []
    if members is not None:
        return nearest_method(reading.name, members, limit=3)
    text = index.snapshot.text
    found = words.finditer(text, max(0, span.start - _MAX_DISTANCE), min(len(text), span.end + _MAX_DISTANCE))
    return nearest(reading.name, {word[1] for word in found}, limit=3)


def _is_no_member(index: Index, reading: Reading, span: Span) -> bool:
    """Return whether an attribute of `self` is a name of the file, or a builtin one."""
    is_own = index.snapshot.text.endswith(("self.", "cls."), 0, span.start)
    return reading.code == "AttributeError" and is_own and binds(index, reading.name)


def _fit(hints: Iterable[str], name: str) -> tuple[str, ...]:
    """Return the hints that are valid in place of the name."""
    return tuple(hint for hint in dict.fromkeys(hints) if hint != name and all(map(str.isidentifier, hint.split("."))))


def _nearest_faults(index: Index, span: Span) -> list[Problem]:
    """Return the syntax errors around a reported span, the nearest first: tools disagree on where an error is."""
    unit = index.unit_at(span.start)
    first, last = max(0, unit - _UNITS_AROUND), min(len(index.cuts) - 1, unit + _UNITS_AROUND)
    return sorted(syntax_problems(index, first, last), key=lambda problem: distance(problem, span))
