"""External checkers: interpret their diagnostics, and run them. The tables of each checker belong to its language."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from quickfix_ls.checkers.checker import Checker, DiagnosticRow, Reading
from quickfix_ls.values import Reported

_HINTS = re.compile(r"(?:maybe|did you mean|do you mean)\b(?P<names>[^?\n]*)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"'`]([\w.]+)[\"'`]")


@dataclass(frozen=True, eq=False)
class Checkers:
    """The checkers of a language.

    `package` is the import name of the package with a module for each tool, whose `CHECKERS` lists its checkers.
    `version(environment)` returns the version of the language to check for. `suffix` is the file suffix of the copy
    that a checker gets, unless the file's own is among `other_suffixes`. The copy is isolated from the project, so
    imports may fail: on lines that match `imports`, only problems whose code is among `import_errors` count.
    """

    package: str
    version: Callable[[object], tuple[int, int]]
    suffix: str
    imports: re.Pattern[str]
    import_errors: frozenset[str]
    other_suffixes: tuple[str, ...] = ()


@cache
def all_checkers(own: Checkers) -> dict[str, Checker]:
    """Return every checker of a language, by its name in the setting `checkers`."""
    path = importlib.import_module(own.package).__path__
    modules = (importlib.import_module(f"{own.package}.{found.name}") for found in pkgutil.iter_modules(path))
    found = (checker for module in modules for checker in getattr(module, "CHECKERS", ()))
    return {checker.name: checker for checker in sorted(found, key=lambda checker: checker.name)}


def is_known(own: Checkers, source: str) -> bool:
    """Return whether a diagnostic's source is a checker for which there is a table."""
    return any(source.lower() in checker.sources for checker in all_checkers(own).values())


def read(own: Checkers, reported: Reported) -> Reading | None:
    """Interpret a diagnostic; return None if it describes nothing that can be fixed.

    For an unknown source, the message is matched with the rows of all checkers, and a match without a name is ignored.
    """
    source = reported.source.lower()
    known = [checker for checker in all_checkers(own).values() if source in checker.sources]
    for checker in known or all_checkers(own).values():
        for row in checker.rows:
            found = _match(row, reported)
            if found is None:
                continue
            name, hint = (found.groupdict().get(key) or "" for key in ("name", "hint"))
            if known or name:
                hints = ((hint,) if hint else ()) if row.hinted else hints_of(reported.message)
                return Reading(row.code, name, hints, row.kind)
    return None


def hints_of(message: str) -> tuple[str, ...]:
    """Return the names that a message suggests: `Did you mean "json"?`, `maybe "sqrt" or "isqrt"?`."""
    found = _HINTS.search(message)
    return tuple(dict.fromkeys(_QUOTED.findall(found["names"]))) if found else ()


def _match(row: DiagnosticRow, reported: Reported) -> re.Match[str] | None:
    """Match a diagnostic with a row's codes and message; return None if it does not match."""
    # Some tools join the number and the name of a rule, as in `E0602:undefined-variable`.
    codes = {reported.code, *reported.code.split(":")}
    has_no_code = not reported.code and row.message
    if not (codes & row.codes or has_no_code):
        return None
    return re.match(row.message, reported.message, re.DOTALL)
