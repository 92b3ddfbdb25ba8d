"""Other people's checkers: what their diagnostics say in our terms, and how to run them. One tool a file.

They are found by their place: `checkers/<tool>.py` holds `CHECKERS`, mostly one `Checker`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache

from quickfix_ls.checkers.checker import Checker, Reading, Row
from quickfix_ls.values import Reported

_HINTS = re.compile(r"(?:maybe|did you mean|do you mean)\b(?P<names>[^?\n]*)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"'`]([\w.]+)[\"'`]")


@cache
def all_checkers() -> dict[str, Checker]:
    """Every checker that we know, by the name that the setting `checkers` has for it."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found = (one for module in modules for one in getattr(module, "CHECKERS", ()))
    return {one.name: one for one in sorted(found, key=lambda one: one.name)}


def is_known(source: str) -> bool:
    """Whether diagnostics of that source are of a checker whose codes we know."""
    return any(source.lower() in one.sources for one in all_checkers().values())


def read(reported: Reported) -> Reading | None:
    """What a diagnostic says, in our terms; None where it is about nothing that we mend.

    Where a client tells no source that we know, the words alone decide, and what names nothing says nothing.
    """
    source = reported.source.lower()
    known = [one for one in all_checkers().values() if source in one.sources]
    for checker in known or all_checkers().values():
        for row in checker.rows:
            found = _match(row, reported)
            if found is None:
                continue
            name, hint = (found.groupdict().get(key) or "" for key in ("name", "hint"))
            if known or name:
                hints = ((hint,) if hint else ()) if row.kind == "type" else hints_of(reported.message)
                return Reading(row.error_type, name, hints, row.kind)
    return None


def hints_of(message: str) -> tuple[str, ...]:
    """The names that a message proposes: `Did you mean "json"?`, `maybe "sqrt" or "isqrt"?`."""
    found = _HINTS.search(message)
    return tuple(dict.fromkeys(_QUOTED.findall(found["names"]))) if found else ()


def _match(row: Row, reported: Reported) -> re.Match[str] | None:
    """What the row's expression finds in a diagnostic; None where it is not of that row."""
    # Some put the number and the name of a rule together, as in `E0602:undefined-variable`.
    codes = {reported.code, *reported.code.split(":")}
    is_untold = not reported.code and row.message
    if not (codes & row.codes or is_untold):
        return None
    return re.match(row.message, reported.message, re.DOTALL)
