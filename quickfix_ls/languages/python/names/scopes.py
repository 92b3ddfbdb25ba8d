"""The names that a unit binds for the rest of the file, and the names that it needs from it.

The rules are those of the language reference, "Resolution of names" (§4.2.2) and, for type parameters, §8.10. A name
that they leave undecided counts as bound: a missed error costs less than a false alarm.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache

from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.languages.python.lexer import names_in_text
from quickfix_ls.languages.python.names.binding import collect
from quickfix_ls.languages.python.names.collected_scopes import CollectedScopes, Scope
from quickfix_ls.values import Span


@dataclass(frozen=True, slots=True)
class FreeName:
    """A name that a unit reads and does not bind. `span` is relative to the unit.

    `in_class`: it is read directly by a class body, so a name bound in that class would define it.
    """

    name: str
    span: Span
    in_class: bool = False


@dataclass(frozen=True, slots=True)
class UnitNames:
    """The names of a unit.

    - `bound`: those that it binds at module level (or declares `global`).
    - `free`: those that it reads and does not bind, in the order of the source.
    - `opaque`: it may bind any name (star import, `exec`).
    - `members`: those that it binds at class level, visible to class bodies only.
    """

    bound: frozenset[str] = frozenset()
    free: tuple[FreeName, ...] = ()
    opaque: bool = False
    members: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The names that can be read at an offset: `locals` of the functions and comprehensions that contain it, `members`
    of the classes that contain it; `unread` are the locals that the unit never reads."""

    locals: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()


_STAR = re.compile(r"\bimport[ \t]*\(?[ \t]*\*")
_MANGLED = re.compile(r"_[^\W_]\w*?__\w+")  # the spelling of a class's private name outside of the class


def names_of(text: str, prefix: str = "", suffix: str = "", tree: ast.Module | None = None) -> UnitNames:
    """Return the names of a unit that compiles between `prefix` and `suffix` (whole lines, see `compile_check`). `tree`
    is the syntax tree of all three, if it has been parsed already.

    Never raises: for source that does not compile, the result is that of `names_of_broken`; a unit that is nested too
    deep for the parser is opaque.
    """
    try:
        collected = collect(tree, prefix.count("\n")) if tree else _collect(text, prefix, suffix)
    except (RecursionError, MemoryError):
        return UnitNames(opaque=True)
    except (SyntaxError, ValueError):
        return names_of_broken(text)
    free, free_in_class = _resolve(collected)
    bound, members = set(collected.module.bound), set[str]()
    for scope in collected.scopes:
        if scope.kind == "class" and _at_top(scope):
            members |= scope.bound
        elif scope.kind == "types" and isinstance(scope.node, ast.ClassDef) and _at_top(scope):
            bound |= scope.bound  # the members that see these parameters are units of their own
    return UnitNames(
        frozenset(bound),
        _located(free, free_in_class, prefix + text, len(prefix)),
        collected.opaque,
        frozenset(members),
    )


def names_of_broken(text: str) -> UnitNames:
    """Return the names that a unit that does not compile might bind: every identifier in it. None of them is free."""
    names = frozenset(names_in_text(text))
    return UnitNames(names, (), _STAR.search(text) is not None, names)


def surroundings(text: str, prefix: str, suffix: str, offset: int) -> Surroundings | None:
    """Return the names bound by the scopes that contain an offset of a unit; None if the unit does not compile. Never
    raises."""
    try:
        collected = _collect_cached(text, prefix, suffix)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    source = prefix + text
    places = Places(source)
    position = len(prefix) + offset
    local: set[str] = set()
    members: set[str] = set()
    for scope in collected.scopes[1:]:
        if places.of_body(scope.node) <= position <= places.end_of(scope.node):
            if scope.kind == "class":
                members |= scope.bound
            else:
                local |= scope.bound
    read = {name.id for scope in collected.scopes for name in scope.reads}
    return Surroundings(frozenset(local), frozenset(members), frozenset(local - read))


@lru_cache(maxsize=32)
def _collect_cached(text: str, prefix: str, suffix: str) -> CollectedScopes:
    return _collect(text, prefix, suffix)


def _collect(text: str, prefix: str, suffix: str) -> CollectedScopes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(prefix + text + suffix)
    return collect(tree, prefix.count("\n"))


def _resolve(collected: CollectedScopes) -> tuple[list[ast.Name], list[ast.Name]]:
    """Return the reads that nothing in the tree binds: those of functions and the module, and those of class bodies
    that are not inside of a function."""
    module = collected.module
    in_class: list[ast.Name] = []
    for scope in reversed(collected.scopes[1:]):
        parent = scope.parent
        assert parent is not None
        bound = scope.bound
        if scope.kind == "class":
            unbound = [name for name in scope.reads if name.id not in bound]
            (in_class if _at_top(scope) else parent.inner).extend(unbound)
            parent.inner += scope.inner
        elif scope.kind == "types":
            parent.reads += [name for name in scope.reads if name.id not in bound]
            parent.inner += [name for name in scope.inner if name.id not in bound]
        else:
            unbound = [name for name in scope.reads if name.id not in bound]
            unbound += [name for name in scope.inner if name.id not in bound]
            if scope.globals:
                module.inner += [name for name in unbound if name.id in scope.globals]
                unbound = [name for name in unbound if name.id not in scope.globals]
            parent.inner += unbound
    free = [name for name in [*module.reads, *module.inner] if name.id not in module.bound]
    return free, [name for name in in_class if name.id not in module.bound]


def _at_top(scope: Scope) -> bool:
    """Return whether a class is outside of all functions."""
    around = scope.parent
    while around is not None and around.kind in ("class", "types"):
        around = around.parent
    return around is None or around.kind == "module"


def _located(free: list[ast.Name], in_class: list[ast.Name], source: str, origin: int) -> tuple[FreeName, ...]:
    if not free and not in_class:
        return ()
    places = Places(source)
    found = [(places.of(name), name, False) for name in free]
    found += [(places.of(name), name, True) for name in in_class]
    found.sort(key=lambda item: item[0])
    return tuple(
        FreeName(name.id, Span(span.start - origin, span.end - origin), inside)
        for span, name, inside in found
        if span.start >= origin and not places.silenced(name.lineno) and not _MANGLED.match(name.id)
    )
