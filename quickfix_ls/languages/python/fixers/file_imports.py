"""Imports that a file itself suggests for a name: those of another function, those in its docstrings, modules that it
already imports from, and the package that it imports parts of."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_context import importables_of
from quickfix_ls.languages.python.project.importable import Importable
from quickfix_ls.languages.python.project.installed import holds

_STATEMENT = re.compile(
    r"^(?P<before>[ \t]*(?:(?:>>>|\.\.\.)[ \t]+)?)(?:from[ \t]+(?P<module>[\w.]+)[ \t]+)?import[ \t]+"
    r"(?P<names>\([^()]*\)|[^\n(;#]*(?:\\\n[^\n(;#]*)*)",
    re.MULTILINE,
)
_MAX_GUESSES = 6


@dataclass(frozen=True, slots=True)
class FromImport:
    """`from module import names`, or `import name` with an empty module and pairs of module and alias; `at_top` is
    false in functions and docstrings."""

    module: str
    names: tuple[tuple[str, str], ...]
    at_top: bool


def ways_in_file(context: Context) -> list[Importable]:
    """Return the imports that other places of the file use for the problem's name, and `import package` where the file
    imports from the package of that name."""
    name = context.problem.name
    found: dict[str, Importable] = {}
    for statement in imports_of(context.snapshot.text):
        for member, alias in statement.names:
            if alias == name and statement.module:
                line = f"from {statement.module} import {member}" + (f" as {alias}" if alias != member else "")
                found.setdefault(line, Importable(name, line, 0, statement.module, member))
            elif alias == name and not statement.module:
                line = f"import {member}" + (f" as {alias}" if alias != member else "")
                found.setdefault(line, Importable(name, line, 0, member))
            elif not statement.module and member == alias and member.partition(".")[0] == name:
                found.setdefault(f"import {name}", Importable(name, f"import {name}", 0, name))
        if statement.module.partition(".")[0] == name:
            found.setdefault(f"import {name}", Importable(name, f"import {name}", 0, name))
    return list(found.values())


def guesses(context: Context) -> list[Importable]:
    """Return imports of the problem's name from modules that the file imports from, where nothing is known of what
    these have: neither of the standard library, nor installed, nor in the workspace. The likeliest come first."""
    name = context.problem.name
    if name.startswith("__"):
        return []
    imported = members_by_module(context.snapshot.text)
    modules = [module for module in imported if may_have(context, module, name)]
    modules.sort(key=lambda module: -kinship(name, module, imported[module]) - alike(name, imported[module]))
    return [Importable(name, f"from {module} import {name}", 0, module, name) for module in modules[:_MAX_GUESSES]]


def members_by_module(text: str) -> dict[str, tuple[str, ...]]:
    """Return the members that the file imports from each module, at its top level."""
    found: dict[str, tuple[str, ...]] = {}
    for statement in imports_of(text):
        if statement.at_top and statement.module and statement.module != "__future__":
            members = tuple(member for member, _ in statement.names)
            found[statement.module] = (*found.get(statement.module, ()), *members)
    return found


def kinship(name: str, module: str, members: Iterable[str]) -> float:
    """Return how much a name resembles the nearest of the members that are imported from a module, or the module's own
    name, from 0 to 1."""
    others = (*members, module.rpartition(".")[2])
    return max(Indel.normalized_similarity(name.lower(), other.lower()) for other in others)


def alike(name: str, members: Sequence[str]) -> float:
    """Return the share of the members that are written like the name; 0 if there are none."""
    return sum(style_of(member) == style_of(name) for member in members) / max(1, len(members))


def may_have(context: Context, module: str, name: str) -> bool:
    """Return whether a module may have a member: it is relative, or unknown, or known to have it."""
    if module.startswith("."):
        return True
    if module.partition(".")[0] in sys.stdlib_module_names:
        return False
    importables = importables_of(context)
    folders = (*importables.roots, *(f"{root}/src" for root in importables.roots), *importables.packages)
    return holds(module, name, folders) is not False


def style_of(name: str) -> str:
    """Return how a name is written: "constant", "class" or "name" (functions, modules, variables), with a `_` in front
    for a private one."""
    bare = name.lstrip("_")
    style = "constant" if len(bare) > 1 and bare.isupper() else "class" if bare[:1].isupper() else "name"
    return f"_{style}" if name.startswith("_") else style


@lru_cache(maxsize=8)
def imports_of(text: str) -> tuple[FromImport, ...]:
    """Return all import statements of a text, at any depth and in docstrings, too."""
    return tuple(_imports(text))


def _imports(text: str) -> Iterator[FromImport]:
    for match in _STATEMENT.finditer(text):
        names = []
        for item in re.sub(r"#[^\n]*|[()\\]", " ", match["names"]).split(","):
            words = item.split()
            if len(words) in (1, 3) and words[0].replace(".", "").isidentifier() and words[1:2] in ([], ["as"]):
                names.append((words[0], words[-1]))
        if names:
            yield FromImport(match["module"] or "", tuple(names), not match["before"])
