"""Make names undefined in correct files: misspell them, or leave out their import or their `self.`.

Each way is a small function from a correct file to a typo in it: an edit, and the name that is undefined after it.
"""

from __future__ import annotations

import ast
import builtins
import symtable
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from quickfix_ls.languages.python.breaking.misspelt_words import mistype
from quickfix_ls.languages.python.lexer import KEYWORDS

SHORTEST = 3
"""The least number of letters of a name to misspell; an edit would change a shorter name too much."""

_OTHER_SPELLINGS = {
    "True": ("true", "TRUE"),
    "False": ("false", "FALSE"),
    "None": ("null", "none", "nil", "undefined"),
}
_BUILTINS = frozenset(name for name in dir(builtins) if name[0] != "_")


@dataclass(frozen=True, slots=True)
class Typo:
    """Replace [start, end), in code points, by `new`; then `name` is undefined at `line` (1-based)."""

    start: int
    end: int
    new: str
    name: str
    line: int

    def applied(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.end :]


@dataclass(frozen=True, slots=True)
class File:
    """A correct file: its text, its tree with all nodes, and the names that its scopes bind (`bound`), inside
    of functions (`local`)."""

    text: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]
    bound: frozenset[str]
    local: frozenset[str]

    @classmethod
    def of(cls, text: str) -> File | None:
        """Parse a text; return None if it does not compile."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
                table = symtable.symtable(text, "<file>", "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        return cls(text, tree, tuple(ast.walk(tree)), frozenset(_bound(table, False)), frozenset(_bound(table, True)))

    def offset(self, line: int, column: int) -> int:
        """Convert a position of `ast` (lines from 1, columns in UTF-8 bytes) to an offset in code points; the end of
        the text if there is no such line."""
        start = 0
        for _ in range(line - 1):
            start = self.text.find("\n", start) + 1
            if not start:
                return len(self.text)
        row = self.text[start : start + column]
        return start + (column if row.isascii() else len(row.encode()[:column].decode(errors="ignore")))


Way = Callable[[File, Random], "Typo | None"]
WAYS: dict[str, tuple[Way, float]] = {}


def way(weight: float) -> Callable[[Way], Way]:
    """Register a function with its weight.

    The weights are set by hand: the known pairs with an undefined name are few and mostly artificial, so they say
    little about people's errors.
    """

    def enter(function: Way) -> Way:
        WAYS[function.__name__] = (function, weight)
        return function

    return enter


def random_typo(file: File, rng: Random) -> Typo | None:
    """Return a typo made by a way drawn by its weight; None if that way finds no place in the file."""
    functions, weights = zip(*WAYS.values(), strict=True)
    chosen: Way = rng.choices(functions, weights)[0]
    return chosen(file, rng)


@way(0.55)
def local_name(file: File, rng: Random) -> Typo | None:
    """Mistype a name that a function binds, where it is read."""
    return _mistyped(file, rng, (node for node in _reads(file) if node.id in file.local))


@way(0.1)
def global_name(file: File, rng: Random) -> Typo | None:
    """Mistype a name that the module binds, where it is read."""
    return _mistyped(file, rng, (node for node in _reads(file) if node.id in file.bound - file.local))


@way(0.1)
def builtin_name(file: File, rng: Random) -> Typo | None:
    """Mistype the name of a builtin."""
    return _mistyped(file, rng, (node for node in _reads(file) if node.id in _BUILTINS - file.bound))


@way(0.05)
def constant(file: File, rng: Random) -> Typo | None:
    """Write `true` or `null`, as other languages do, or mistype the constant."""
    nodes = [node for node in file.nodes if isinstance(node, ast.Constant)]
    nodes = [node for node in nodes if node.value is None or isinstance(node.value, bool)]
    if not nodes:
        return None
    node = rng.choice(nodes)
    right = str(node.value)
    wrong = rng.choice(_OTHER_SPELLINGS[right]) if rng.random() < 0.7 else mistype(right, rng)
    return _slip(file, node, right, wrong)


@way(0.12)
def missing_import(file: File, rng: Random) -> Typo | None:
    """Leave out an import of a single name."""
    found = []
    for node in file.tree.body:
        name = _imported(node)
        uses = [use.lineno for use in _reads(file) if use.id == name] if name else []
        if uses:
            found.append((node, name, min(uses)))
    if not found:
        return None
    node, name, line = rng.choice(found)
    last = node.end_lineno or node.lineno
    start, end = file.offset(node.lineno, 0), file.offset(last + 1, 0)
    return Typo(start, end, "", name, line - (last + 1 - node.lineno))


def _imported(node: ast.stmt) -> str:
    """Return the name that an import of a single name binds; an empty string for any other statement, and for imports
    from the file's own package."""
    if not isinstance(node, (ast.Import, ast.ImportFrom)) or len(node.names) != 1:
        return ""
    if isinstance(node, ast.ImportFrom) and (node.level or node.module == "__future__"):
        return ""
    return (node.names[0].asname or node.names[0].name).split(".")[0]


@way(0.08)
def missing_self(file: File, rng: Random) -> Typo | None:
    """Leave out the `self.` before an attribute that is read."""
    nodes = [node for node in file.nodes if isinstance(node, ast.Attribute)]
    nodes = [node for node in nodes if isinstance(node.value, ast.Name) and node.value.id == "self"]
    taken = file.bound | _BUILTINS
    nodes = [node for node in nodes if isinstance(node.ctx, ast.Load) and node.attr not in taken]
    if not nodes:
        return None
    node = rng.choice(nodes)
    return _slip(file, node, f"self.{node.attr}", node.attr)


@way(0.05)
def other_name(file: File, rng: Random) -> Typo | None:
    """Replace a read of a local name by another name, as if all other occurrences had been renamed."""
    reads = [node for node in _reads(file) if node.id in file.local]
    counts = Counter(node.id for node in reads)
    found = [node for node in reads if counts[node.id] == 1]
    others = sorted({node.attr for node in file.nodes if isinstance(node, ast.Attribute)} - file.local)
    if not found or not others:
        return None
    node = rng.choice(found)
    return _slip(file, node, node.id, rng.choice(others))


@way(0.04)
def outdented(file: File, rng: Random) -> Typo | None:
    """Remove the indentation of a function's last statement, so that it is outside of the function."""
    functions = [node for node in file.nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    found = [
        (node, last, read)
        for node in functions
        if len(node.body) > 1 and isinstance(last := node.body[-1], (ast.Assign, ast.AugAssign, ast.Expr))
        for read in _read_of(ast.walk(last))[:1]
        if last.lineno == last.end_lineno and read.id in file.local
    ]
    if not found:
        return None
    node, last, read = rng.choice(found)
    start = file.offset(last.lineno, 0)
    return Typo(start, start + last.col_offset, " " * node.col_offset, read.id, last.lineno)


def _mistyped(file: File, rng: Random, nodes: Iterable[ast.Name]) -> Typo | None:
    found = [node for node in nodes if len(node.id) >= SHORTEST]
    if not found:
        return None
    node = rng.choice(found)
    return _slip(file, node, node.id, mistype(node.id, rng))


def _slip(file: File, node: ast.expr, right: str, wrong: str) -> Typo | None:
    """Return the typo, unless the wrong word is empty, unchanged, or a known name."""
    taken = wrong in file.bound or wrong in _BUILTINS or wrong in KEYWORDS
    start = file.offset(node.lineno, node.col_offset)
    if taken or not wrong.isidentifier() or file.text[start : start + len(right)] != right:
        return None
    return Typo(start, start + len(right), wrong, wrong, node.lineno)


def _reads(file: File) -> list[ast.Name]:
    return _read_of(file.nodes)


def _read_of(nodes: Iterable[ast.AST]) -> list[ast.Name]:
    return [node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]


def _bound(table: symtable.SymbolTable, only_functions: bool) -> set[str]:
    found: set[str] = set()
    if not only_functions or table.get_type() == "function":
        found = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_local() or symbol.is_imported()}
    return found.union(*(_bound(child, only_functions) for child in table.get_children()))
