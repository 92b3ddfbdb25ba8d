"""Names that packages renamed or removed. They are reported only if the installed version is known to lack them, by its
version number and by its source, which is read and never imported. Names in diagnostics of other tools or of Python
itself are looked up in any case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.dotted import dotted_at, owner_before
from quickfix_ls.languages.python.facts import environment_of, facts_of, imported_modules, names_in
from quickfix_ls.languages.python.members.references import Use
from quickfix_ls.languages.python.project.installed import Folders, holds, version_of
from quickfix_ls.languages.python.project.packages import Renamed, packages_with_renames, renamed
from quickfix_ls.problems.kinds import NAME
from quickfix_ls.values import Problem, Span

_FROM = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import\b", re.MULTILINE)
_QUOTED = re.compile(r"[\"'`](\w+)[\"'`]")
_NUMBERS = re.compile(r"\d+(?:\.\d+)*")


def renamed_apis(index: Index, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """Yield a problem for every use of such a name in the units from `first` to `last` (inclusive; to the end if
    None)."""
    if not environment_of(index).packages or names_in(index).is_opaque:
        return
    imported = imported_modules(index)
    known = packages_with_renames()
    aliases = {alias for alias, module in imported.items() if module.partition(".")[0] in known}
    reported: set[Span] = set()
    for unit in range(first, len(index.cuts) if last is None else last + 1):
        start = index.cuts[unit].start
        for use in facts_of(index, unit).uses.uses:
            if use.guarded or (use.binding is not None and use.binding.kind != "module"):
                continue
            first_name = (use.name if use.kind == "module" else use.owner).partition(".")[0]
            if use.kind not in _ERRORS or first_name not in (aliases if use.kind == "attribute" else known):
                continue
            span = Span(start + use.span.start, start + use.span.end)
            found = successor_of(index.snapshot.text, imported, span, use.name)
            if found is not None and found.kind != "methods" and _is_gone(found, environment_of(index).packages):
                problem = _problem(index, found, use, span)
                if problem.span not in reported:
                    reported.add(problem.span)
                    yield problem


def successor_of(text: str, imported: Mapping[str, str], span: Span, name: str, message: str = "") -> Renamed | None:
    """Return the replacement of the name at `span`; None if none is known. `imported` are the modules that the file's
    names refer to; `message` is an error message, needed for methods, whose class is mentioned only there."""
    owner = _owner(text, imported, span)
    if owner:
        found = renamed("members", f"{owner}.{name}") or renamed("modules", f"{owner}.{name}") or _module(owner)
        if found is not None:
            return found
    if not owner_before(text, span.start):
        return _module(dotted_at(text, span.start))
    classes = _QUOTED.findall(message)
    return next(filter(None, (renamed("methods", f"{class_name}.{name}") for class_name in classes)), None)


_ERRORS = {"attribute": "AttributeError", "import": "ImportError", "module": "ModuleNotFoundError"}


def _problem(index: Index, found: Renamed, use: Use, span: Span) -> Problem:
    owner, _, last = found.old.rpartition(".")
    now = f"since {found.package} {found.version} it is `{found.new}`"
    if found.kind == "modules" and use.kind != "attribute" and last != use.name:
        place = index.snapshot.text.rfind(found.old, 0, span.end + len(found.old))
        span = Span(place, place + len(found.old)) if place >= 0 else span
        return Problem(NAME, f"No module named '{found.old}': {now}", _ERRORS["module"], span, found.old, "analysis")
    if use.kind == "attribute":
        message = f"module '{owner}' has no attribute '{last}': {now}"
    else:
        message = f"cannot import name '{last}' from '{owner}': {now}"
    return Problem(NAME, message, _ERRORS[use.kind], span, use.name, "analysis")


def _is_gone(found: Renamed, packages: Folders) -> bool:
    """Return whether the installed version lacks the old name."""
    installed = _release(version_of(found.package, packages))
    owner, _, last = found.old.rpartition(".")
    return bool(owner) and installed >= _release(found.version) and holds(owner, last, packages) is not True


def _release(version: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with, which order releases; empty for an empty version."""
    found = _NUMBERS.match(version)
    return tuple(map(int, found.group().split("."))) if found is not None else ()


def _owner(text: str, imported: Mapping[str, str], span: Span) -> str:
    """Return the full name of the module that a name is a member of: in a dotted expression, or in a `from` import."""
    chain = owner_before(text, span.start)
    if chain:
        first, _, rest = chain.rstrip(".").partition(".")
        module = imported.get(first, "")
        return f"{module}.{rest}" if module and rest else module
    above = max(0, text.rfind("\nfrom ", 0, span.start))
    statement = next(iter([*_FROM.finditer(text, above, span.start)][-1:]), None)
    if statement is None or not re.fullmatch(r"[\s\w,(\\]*", text[statement.end() : span.start]):
        return ""
    return "" if "\n" in text[statement.end() : span.start].partition("(")[0].replace("\\\n", "") else statement[1]


def _module(dotted: str) -> Renamed | None:
    """Return the replacement of a module, or of the nearest package that contains it."""
    while dotted and dotted.partition(".")[0] in packages_with_renames():
        if found := renamed("modules", dotted):
            return found
        dotted = dotted.rpartition(".")[0]
    return None
