"""One walk over a unit's syntax tree: what its names stand for, and which attributes and arguments it asks of whom.

`slips` resolves them against the whole file. A use that the code itself is unsure of (see `guards`) is marked, and one
whose owner may be several things is of unknown meaning: a missed slip costs less than a false alarm.
"""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.languages.python.members.binding_kinds import BindingKind, meaning_of
from quickfix_ls.languages.python.members.visitors import VISITS
from quickfix_ls.values import Span

UseKind = Literal[
    "attribute", "keyword", "import", "module", "special", "guard", "selfless", "redirected", "early", "lost"
]
Parameters = tuple[str, ...]


class Use(NamedTuple):
    """`name` is asked of `owner`: an attribute of it (`attribute`), an argument in a call of it (`keyword`), a member
    of the module `owner` (`import`); or `name` itself is the module that is imported (`module`), is read as soon as
    the module runs (`early`), or is what `oddities` finds odd (the other kinds; `owner` is the special method that is
    meant).

    `owner` is dotted (`os.path`), empty for `self` and for a literal, `UNNAMED` for other expressions; `meaning` is
    what its first name stands for where the unit alone decides that. `given` are all named arguments of the call.
    `guarded`: the code expects that it fails. `span` is relative to the unit.
    """

    kind: UseKind
    owner: str
    name: str
    span: Span
    meaning: BindingKind | None = None
    given: tuple[str, ...] = ()
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class UnitUses:
    """`uses` of what the unit does not bind, or binds to something known; `meanings` of what it binds at module
    level, once. For a unit of a class: `own` is asked of `self`, `stored` are the attributes that its methods give to
    `self`, `methods` the parameters of its methods (None: any); `opens` is the class whose body goes on in the units
    behind; `dynamic`: it may add members that we can't see.
    """

    uses: tuple[Use, ...] = ()
    meanings: dict[str, BindingKind] = field(default_factory=dict)
    own: tuple[Use, ...] = ()
    stored: frozenset[str] = frozenset()
    methods: dict[str, Parameters | None] = field(default_factory=dict)
    opens: BindingKind | None = None
    dynamic: bool = False


NOTHING = UnitUses()


def uses_of(text: str, prefix: str = "", suffix: str = "") -> UnitUses:
    """The uses of a unit that compiles between `prefix` and `suffix`. Never raises; a text that does not parse has
    none."""
    source = prefix + text + suffix
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return NOTHING
    return Walk(tree, prefix.count("\n")).result(Places(source), len(prefix))


class Where(NamedTuple):
    """What is around a node: the innermost function, the parameter that is `self` there, what kind of scope binds,
    and whether the code expects a failure."""

    function: ast.AST | None = None
    instance: str = ""
    level: Literal["module", "class", "function"] = "module"
    guarded: bool = False


class Walk:
    """The facts of one tree, gathered without recursion."""

    def __init__(self, tree: ast.Module, prefix_lines: int) -> None:
        self.prefix_lines = prefix_lines
        self.bound: Counter[str] = Counter()
        self.meanings: dict[str, tuple[BindingKind, Where]] = {}
        self.stored: set[str] = set()
        self.methods: dict[str, Parameters | None] = {}
        self.opens: BindingKind | None = None
        self.dynamic = False
        self.asked: list[tuple[UseKind, str, str, Any, Where, tuple[str, ...]]] = []
        self.around: dict[ast.AST, ast.AST | None] = {}
        self.todo: list[tuple[ast.AST, Where]] = [(node, Where()) for node in tree.body]
        while self.todo:
            node, where = self.todo.pop()
            visit = VISITS.get(type(node))
            if visit is not None:
                visit(self, node, where)
            else:
                self.children(node, where)

    def result(self, places: Places, origin: int) -> UnitUses:
        uses: list[Use] = []
        own: list[Use] = []
        for kind, owner, name, node, where, given in self.asked:
            first, _, rest = owner.partition(".")
            meaning = None
            if kind == "early" and self.bound[name]:
                continue
            if kind in ("attribute", "keyword", "lost"):
                if first and first == where.instance:
                    if self.bound[first] == 1 and (span := places.of_word(node, name, origin)):
                        own.append(Use(kind, rest, name, span, None, given, where.guarded))
                    continue
                if not first:
                    meaning = meaning_of(node.value)
                elif self.bound[first]:
                    found = self.meanings.get(first)
                    if self.bound[first] > 1 or found is None or not self._reaches(found[1], where):
                        meaning = BindingKind("unknown", first)
                    else:
                        meaning = found[0] if found[1].level == "function" else None
            if span := places.of_word(node, name, origin):
                uses.append(Use(kind, owner, name, span, meaning, given, where.guarded))
        at_module = {
            name: meaning
            for name, (meaning, where) in self.meanings.items()
            if where.level == "module" and self.bound[name] == 1
        }
        # What is asked of `self` in a class that is nested in this one is asked of another class.
        of_self = () if self.opens is not None or not self.prefix_lines else tuple(own)
        stored = frozenset(self.stored)
        return UnitUses(tuple(uses), at_module, of_self, stored, self.methods, self.opens, self.dynamic)

    def _reaches(self, bound: Where, read: Where) -> bool:
        """Whether what is bound at the one place is what is read at the other."""
        if bound.level != "function":
            return bound.level == "module"
        function = read.function
        while function is not None and function is not bound.function:
            function = self.around.get(function)
        return function is not None

    def children(self, node: ast.AST, where: Where) -> None:
        self.todo += [(child, where) for child in ast.iter_child_nodes(node)]

    def binds(self, name: str, meaning: BindingKind | None, where: Where) -> None:
        self.bound[name] += 1
        if meaning is not None and not where.guarded:
            self.meanings[name] = meaning, where

    def asks(
        self, kind: UseKind, owner: str, name: str, node: ast.AST, where: Where, given: tuple[str, ...] = ()
    ) -> None:
        if not where.guarded or kind in ("attribute", "keyword", "import"):
            self.asked.append((kind, owner, name, node, where, given))
