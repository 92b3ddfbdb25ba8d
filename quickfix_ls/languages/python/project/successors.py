"""What takes the place of a name that a package or Python's standard library renamed or removed."""

from __future__ import annotations

import builtins
import collections
import re
from collections.abc import Iterable, Iterator, Mapping

from quickfix_ls.languages.python.dotted import dotted_at, owner_before
from quickfix_ls.languages.python.members.common_words import is_word
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.languages.python.project.packages import (
    PYTHON,
    Renamed,
    module_of_package,
    packages_with_renames,
    renamed,
    renamed_arguments,
    renamed_below,
    renamed_methods,
)
from quickfix_ls.languages.python.project.stdlib_history import classes_with, lifetime
from quickfix_ls.values import Span

_FROM = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import\b", re.MULTILINE)
_QUOTED = re.compile(r"[\"'`]([\w.]+)[\"'`]")
_CALLED = re.compile(r"([^\W\d]\w*)(?:\.__init__)?\(\)")
_ERROR = re.compile(r"\w*(?:Error|Exception|Warning)\Z")
_ITERATOR = re.compile(r"(?:\w*_)?\w*(?:iterator|generator)\Z|enumerate|filter|map|reader|reversed|zip")
_LEAST_DISTINCT = 7
"""The length from which on a method's name may tell its class; shorter ones many classes have."""


def successor_of(text: str, imported: Mapping[str, str], span: Span, name: str, message: str = "") -> Renamed | None:
    """Return the replacement of the name at `span`; None if none is known. `imported` are the modules that the file's
    names refer to; `message` is an error message, needed for methods and arguments, whose class or function is
    mentioned only there."""
    owner = owner_of(text, imported, span)
    if owner:
        found = renamed("members", f"{owner}.{name}") or renamed("modules", f"{owner}.{name}") or renamed_module(owner)
        if found is not None:
            return found
    if not owner_before(text, span.start) and not text.startswith("=", span.end):
        dotted = dotted_at(text, span.start)
        return renamed_module(dotted) or renamed_below(dotted)
    if "argument" in message and "." not in text[span.start - 1 : span.start]:
        return _argument(imported, name, message)
    return _method(imported, name, _QUOTED.findall(message))


def owner_of(text: str, imported: Mapping[str, str], span: Span) -> str:
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


def renamed_module(dotted: str) -> Renamed | None:
    """Return the replacement of a module, or of the nearest package that contains it."""
    while dotted and dotted.partition(".")[0] in packages_with_renames():
        if found := renamed("modules", dotted):
            return found
        dotted = dotted.rpartition(".")[0]
    return None


def destination(dotted: str) -> str:
    """Return the new name, or the template, of a member of a module that was renamed or removed, or of the module
    itself; empty if it has none."""
    member = renamed("members", dotted)
    if member is not None:
        return member.new[0] if member.new else ""
    module = renamed_module(dotted)
    if module is None or not module.new:
        return ""
    rest = dotted[len(module.old) :]
    members = module_members(module.new[0])
    known = members is None or rest[1:].partition(".")[0] in {"", *members}
    return module.new[0] + rest if known else ""


def _method(imported: Mapping[str, str], name: str, quoted: Iterable[str]) -> Renamed | None:
    """Return the replacement of a method of one of the classes that a message mentions, or of a class that its name
    alone tells, if its package is imported."""
    found = renamed_methods(name)
    if not found:
        return None
    classes = [word.rpartition(".")[2] for word in quoted if word != name]
    for class_name in classes:
        bases = set(_bases(class_name))
        for item in found:
            if item.old.partition(".")[0] in bases:
                return item
    if any(hasattr(builtins, class_name) or class_name in _UNNAMED for class_name in classes):
        return None
    tops = {module.partition(".")[0] for module in imported.values()}
    near = [item for item in found if _tops(item) & tops]
    by_class = (item for item in near for class_name in classes if class_name.endswith(item.old.partition(".")[0]))
    is_distinct = len(name) >= _LEAST_DISTINCT and not is_word(name)
    return next(by_class, None) or (near[0] if near and is_distinct else None)


_UNNAMED = frozenset({"NoneType", "builtin_function_or_method", "function", "method", "module", "ndarray"})


def _argument(imported: Mapping[str, str], name: str, message: str) -> Renamed | None:
    """Return the replacement of an argument of the function that a message mentions."""
    tops = {module.partition(".")[0] for module in imported.values()}
    for called in _CALLED.findall(message):
        for item in renamed_arguments(called, name):
            if (
                "." not in item.old.rpartition(".")[0]
                or _tops(item) & tops
                or hasattr(builtins, item.old.split(".")[0])
            ):
                return item
    return None


def _tops(item: Renamed) -> set[str]:
    """Return the top-level modules from which a file can have a class with a renamed method."""
    if item.package != PYTHON:
        return {module_of_package(item.package)}
    if item.kind == "arguments":
        return {item.old.partition(".")[0]}
    class_name, _, name = item.old.partition(".")
    return {full.partition(".")[0] for full in classes_with(name) if full.rpartition(".")[2] == class_name} - {
        "builtins"
    }


def _bases(class_name: str) -> Iterator[str]:
    """Yield the name of a class and those of its bases, as far as the name tells."""
    yield class_name
    known = getattr(builtins, class_name, None) or getattr(collections, class_name, None)
    if isinstance(known, type):
        yield from (base.__name__ for base in known.__mro__)
    if _ERROR.fullmatch(class_name):
        yield "BaseException"
    if _ITERATOR.fullmatch(class_name) or lifetime("attributes", class_name, "next"):
        yield "iterator"
