"""The names that can be read at an offset of a document."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from quickfix_ls.index.index import Index, Region
from quickfix_ls.languages.python.facts import facts_of, names_in
from quickfix_ls.languages.python.lexer import KEYWORDS, lex
from quickfix_ls.languages.python.members.misspellings import misspelling_of
from quickfix_ls.languages.python.names.class_units import class_units
from quickfix_ls.languages.python.names.near_names import nearest_method
from quickfix_ls.languages.python.names.scopes import surroundings
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Problem

Origin = Literal["local", "module", "builtin", "keyword", "member"]

FAR = 10_000
"""The `distance` of a name that does not occur in the region."""


@dataclass(frozen=True, slots=True)
class VisibleName:
    """A name that could replace the problem's name.

    `origin` is the kind of scope that defines it (`member`: an attribute; of `self` if the problem is an undefined
    name, so not readable by itself); `count` is the number of its occurrences in the region (as `self.name` for a
    member); `distance` is the number of lines between the problem and its nearest other occurrence in the region (`FAR`
    if there is none); `unread`: it is a local that is never read.
    """

    name: str
    origin: Origin
    count: int
    distance: int
    unread: bool = False


def visible_names(index: Index, region: Region, problem: Problem) -> tuple[VisibleName, ...]:
    """Return all names that can be read at the problem's place, locals first, and the members of the class around it.

    Names of the module are omitted if they neither occur in the region nor resemble the problem's name, so that the
    result does not grow with the file. Never contains the problem's own name. Never raises.
    """
    if problem.code != "NameError":
        return _members_for(index, region, problem)
    at = problem.span.start - region.start
    seen = _Occurrences(region.text, at)
    around = surroundings(region.text, region.prefix, region.suffix, at)
    local = seen.names.keys() - KEYWORDS if around is None else around.locals
    unread = around.unread if around is not None else frozenset()
    groups: list[tuple[Origin, Iterable[str]]] = [
        ("local", sorted(local)),
        ("module", sorted(_near_or_seen(names_in(index).bound, problem.name, seen))),
        ("builtin", _BUILTINS),
        ("keyword", _KEYWORDS),
    ]
    taken = {problem.name}
    found: list[VisibleName] = []
    for origin, names in groups:
        for name in names:
            if name not in taken:
                taken.add(name)
                count, distance = seen.names.get(name, (0, FAR))
                found.append(VisibleName(name, origin, count, distance, name in unread))
    members = set(around.members) if around is not None else set()
    members.update(_members_of_class(index, region))
    for name in sorted(members):
        count, distance = seen.members.get(name, (0, FAR))
        found.append(VisibleName(name, "member", count, distance))
    return tuple(found)


def _members_for(index: Index, region: Region, problem: Problem) -> tuple[VisibleName, ...]:
    """Return the names that could replace a misspelt member or argument: those that resemble it or are among its
    hints."""
    # Problems that are only suspected or reported have no misspelling, and a search for it would walk the whole file.
    misspelling = misspelling_of(index, problem) if problem.origin == "analysis" else None
    members = sorted({*(misspelling.members if misspelling is not None else ()), *problem.hints})
    hits = process.extract(
        problem.name, members, scorer=OSA.distance, score_cutoff=max(3, len(problem.name) // 2), limit=60
    )
    near = sorted({hit for hit, _, _ in hits} | set(nearest_method(problem.name, members)) | set(problem.hints))
    here = region.text.count("\n", 0, max(0, problem.span.start - region.start))
    found = []
    for name in near:
        lines = [
            region.text.count("\n", 0, match.start()) for match in re.finditer(rf"(?<!\w){name}(?!\w)", region.text)
        ]
        distance = min((abs(line - here) for line in lines), default=FAR)
        found.append(VisibleName(name, "member", len(lines), distance))
    return tuple(found)


_BUILTINS = tuple(sorted(name for name in dir(builtins) if not name.startswith("_") and name not in KEYWORDS))
_KEYWORDS = tuple(sorted(KEYWORDS))


class _Occurrences:
    """The number of occurrences of each name in source text, and the lines from `at` to the nearest (the token at `at`
    is not counted)."""

    def __init__(self, text: str, at: int) -> None:
        self.names: dict[str, tuple[int, int]] = {}
        self.members: dict[str, tuple[int, int]] = {}
        tokens = lex(text)
        line = 0
        here = text.count("\n", 0, max(at, 0))
        for index, token in enumerate(tokens):
            if token.kind == "newline":
                line += 1
            elif token.kind in ("name", "keyword") and token.start != at:
                kind = _role(tokens, index)
                if kind is not None:
                    table = self.names if kind == "name" else self.members
                    count, distance = table.get(token.text, (0, FAR))
                    table[token.text] = (count + 1, min(distance, abs(line - here)))
            if token.kind == "string":
                line += token.text.count("\n")


def _role(tokens: list[Token], index: int) -> Literal["name", "member"] | None:
    if index == 0 or tokens[index - 1].text != ".":
        return "name"
    return "member" if index > 1 and tokens[index - 2].text in ("self", "cls") else None


def _near_or_seen(bound: Iterable[str], name: str, seen: _Occurrences) -> Iterator[str]:
    """Yield the module's names that occur in the region or resemble `name`, ignoring case."""
    names = list(bound)
    if not name or len(names) <= 200:
        yield from names[:2000]
        return
    hits = process.extract(name, names, scorer=OSA.distance, score_cutoff=max(3, len(name) // 2), limit=100)
    yield from {hit for hit, _, _ in hits} | (seen.names.keys() & set(names))


# -- members of the class around a region -----------------------------------------------------------------

_SELF = re.compile(r"\b(?:self|cls)[ \t]*\.[ \t]*([^\W\d]\w*)")


def _members_of_class(index: Index, region: Region) -> set[str]:
    """Return the names bound in the class body around the region, and the attributes of `self` used in that class."""
    found = set(_used_members(region.text))
    unit = index.unit_at(region.start)
    stack = index.cuts[unit].stack
    if not stack:
        return found
    first, last = class_units(index, unit)
    for other in range(first, last + 1):
        own = index.region(other)
        found |= _used_members(own.text)
        if index.cuts[other].stack == stack:
            found |= facts_of(index, other).names.members
    # Statements that directly follow the class's header belong to the header's unit.
    if first > 0 and not facts_of(index, first - 1).fault:
        found |= facts_of(index, first - 1).names.members
    return found


@lru_cache(maxsize=2048)
def _used_members(text: str) -> frozenset[str]:
    return frozenset(_SELF.findall(text))
