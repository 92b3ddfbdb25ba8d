"""Names that packages or Python's standard library renamed or removed. Those of a package are reported only if the
installed version is known to lack them, by its version number and by its source, which is read and never imported;
those of Python, if the version that the file is for lacks them, and a replacement is known. Names in diagnostics of
other tools or of Python itself are looked up in any case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.compile_check import HERE
from quickfix_ls.languages.python.dotted import dotted_at
from quickfix_ls.languages.python.environment import PythonEnvironment
from quickfix_ls.languages.python.facts import environment_of, facts_of, imported_modules, names_in
from quickfix_ls.languages.python.members.class_table import ClassTable
from quickfix_ls.languages.python.members.misspelling_rules import is_given
from quickfix_ls.languages.python.members.references import Use
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.languages.python.project.installed import Folders, holds, version_of
from quickfix_ls.languages.python.project.packages import PYTHON, Renamed, renamed, renamed_below
from quickfix_ls.languages.python.project.stdlib_history import is_former_module, is_gone, lifetime, module_lifetime
from quickfix_ls.languages.python.project.successors import destination, renamed_module
from quickfix_ls.problems.kinds import NAME
from quickfix_ls.values import Problem, Span

_NUMBERS = re.compile(r"\d+(?:\.\d+)*")
_ERRORS = {"attribute": "AttributeError", "import": "ImportError", "module": "ModuleNotFoundError"}
_COMMON_NAMES = frozenset({"commands", "exceptions", "new", "repr", "sets", "thread"})
"""Former modules whose names projects use for their own."""


def renamed_apis(index: Index, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """Yield a problem for every use of such a name in the units from `first` to `last` (inclusive; to the end if
    None)."""
    if names_in(index).is_opaque:
        return
    text, imported = index.snapshot.text, imported_modules(index)
    reported: set[Span] = set()
    for unit in range(first, len(index.cuts) if last is None else last + 1):
        start = index.cuts[unit].start
        for use in facts_of(index, unit).uses.uses:
            if use.kind not in _ERRORS or use.guarded or (use.binding is not None and use.binding.kind != "module"):
                continue
            span = Span(start + use.span.start, start + use.span.end)
            found = _successor(text, imported, use, span)
            if found is not None and _is_missing(index, found, use):
                problem = _problem(index, found, use, span)
                if problem.span not in reported:
                    reported.add(problem.span)
                    yield problem


def _successor(text: str, imported: Mapping[str, str], use: Use, span: Span) -> Renamed | None:
    """Return the replacement of a name; None if it was never renamed."""
    if use.kind == "module":
        dotted = dotted_at(text, span.start)
        return renamed_module(dotted) or (renamed_below(dotted) if is_former_module(use.name) else None)
    owner = use.owner
    if use.kind == "attribute":
        alias, _, rest = owner.partition(".")
        module = use.binding.name if use.binding is not None else imported.get(alias, "")
        owner = f"{module}.{rest}" if module and rest else module
    if not owner:
        return None
    return (
        renamed("members", f"{owner}.{use.name}") or renamed("modules", f"{owner}.{use.name}") or renamed_module(owner)
    )


def _problem(index: Index, found: Renamed, use: Use, span: Span) -> Problem:
    owner, _, last = found.old.rpartition(".")
    new = found.new[0].replace(":", ".")
    now = f": since {found.since} it is `{new}`" if found.since and new else ""
    if found.kind == "modules" and (use.kind == "module" or (use.kind == "import" and last != use.name)):
        place = index.snapshot.text.rfind(found.old, 0, span.start + len(found.old))
        span = Span(place, place + len(found.old)) if place >= 0 else span
        return Problem(NAME, f"No module named '{found.old}'{now}", _ERRORS["module"], span, found.old, "analysis")
    if use.kind == "attribute":
        message = f"module '{owner}' has no attribute '{last}'{now}"
    else:
        message = f"cannot import name '{last}' from '{owner}'{now}"
    return Problem(NAME, message, _ERRORS[use.kind], span, use.name, "analysis")


# -- what is missing -------------------------------------------------------------------------------------------------


def _is_missing(index: Index, found: Renamed, use: Use) -> bool:
    environment = environment_of(index)
    if not found.new:
        return False
    if found.package not in ("", PYTHON):
        return bool(environment.packages) and _is_gone(found, environment.packages)
    top = found.old.partition(".")[0]
    if environment.target < _version(found.version) or _is_own(environment, top, index, use):
        return False
    if use.kind == "module":
        asked = list(ClassTable(index).asked_of(found.old))
        return (
            is_gone(module_lifetime(found.old), environment.target)
            and bool(asked or found.new[0])
            and all(destination(f"{found.old}.{name}") for name in asked)
        )
    owner, _, last = found.old.rpartition(".")
    if found.kind == "modules" or is_gone(module_lifetime(owner), environment.target):
        return False  # it is reported where the module is imported
    members = module_members(owner)
    if not found.package:
        is_missing = members is not None and last not in members
    else:
        is_here = members is not None and last in members and _version(found.version) <= HERE
        is_missing = is_gone(lifetime("members", owner, last), environment.target) and not is_here
    return is_missing and not is_given(index.snapshot.text, last)


def _is_own(environment: PythonEnvironment, top: str, index: Index, use: Use) -> bool:
    """Return whether a module may be one of the project or of a package, or the file binds its name otherwise, too."""
    if use.kind == "module" and (
        names_in(index).bound[use.name] > 1 or (top in _COMMON_NAMES and not environment.beside)
    ):
        return True
    return any(_has(folder, top) for folder in (*environment.beside, *environment.packages))


def _has(folder: str, top: str) -> bool:
    path = Path(folder)
    return (path / f"{top}.py").is_file() or (path / top).is_dir()


def _is_gone(found: Renamed, packages: Folders) -> bool:
    """Return whether the installed version lacks the old name."""
    installed = _release(version_of(found.package, packages))
    owner, _, last = found.old.rpartition(".")
    held = holds(owner, last, packages) if owner else True
    return installed >= _release(found.version) and held is not True and not (found.look and held is None)


def _version(text: str) -> tuple[int, int]:
    major, _, minor = (text or "3.0").partition(".")
    return int(major), int(minor)


def _release(version: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with, which order releases; empty for an empty version."""
    found = _NUMBERS.match(version)
    return tuple(map(int, found.group().split("."))) if found is not None else ()
