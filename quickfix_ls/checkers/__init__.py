"""Other people's checkers: what their diagnostics say in our terms, and how to run them. Their tables belong to the
languages."""

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
    """The checkers of a language: `package` is the import name of the package that holds them, one tool a module with
    its `CHECKERS`, mostly one `Checker`. `version(environment)` is the version of the language that they check for;
    `suffix` is that of the copy that they are given, unless the file's own is among `other_suffixes`. To a checker that
    is given a copy the file stands alone: what it says on lines that match `imports` counts only for problems whose
    code is among `import_errors`."""

    package: str
    version: Callable[[object], tuple[int, int]]
    suffix: str
    imports: re.Pattern[str]
    import_errors: frozenset[str]
    other_suffixes: tuple[str, ...] = ()


@cache
def all_checkers(own: Checkers) -> dict[str, Checker]:
    """Every checker of a language, by the name that the setting `checkers` has for it."""
    path = importlib.import_module(own.package).__path__
    modules = (importlib.import_module(f"{own.package}.{found.name}") for found in pkgutil.iter_modules(path))
    found = (checker for module in modules for checker in getattr(module, "CHECKERS", ()))
    return {checker.name: checker for checker in sorted(found, key=lambda checker: checker.name)}


def is_known(own: Checkers, source: str) -> bool:
    """Whether diagnostics of that source are of a checker whose codes we know."""
    return any(source.lower() in checker.sources for checker in all_checkers(own).values())


def read(own: Checkers, reported: Reported) -> Reading | None:
    """What a diagnostic says, in our terms; None where it is about nothing that can be fixed.

    Where a client tells no source that we know, the words alone decide, and what names nothing says nothing.
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
    """The names that a message proposes: `Did you mean "json"?`, `maybe "sqrt" or "isqrt"?`."""
    found = _HINTS.search(message)
    return tuple(dict.fromkeys(_QUOTED.findall(found["names"]))) if found else ()


def _match(row: DiagnosticRow, reported: Reported) -> re.Match[str] | None:
    """What the row's expression finds in a diagnostic; None where it is not of that row."""
    # Some put the number and the name of a rule together, as in `E0602:undefined-variable`.
    codes = {reported.code, *reported.code.split(":")}
    is_untold = not reported.code and row.message
    if not (codes & row.codes or is_untold):
        return None
    return re.match(row.message, reported.message, re.DOTALL)
