"""The bindings of the functions around an offset: what binds each local name, where, and whether before a read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.languages.python.names.unit_tree import parsed
from quickfix_ls.values import Span

BoundBy = Literal[
    "parameter", "rest", "assignment", "unpacking", "augmented", "for", "with", "except", "module", "import",
    "function", "class", "comprehension", "match", "global",
]  # fmt: skip
"""What binds a name: `rest` is `*args` or `**kwargs`; `module` is `import a`, and `import` is `from a import b`."""


@dataclass(frozen=True, slots=True)
class LocalBinding:
    """One binding of a local name.

    `start` is where the binding begins, `ends` from where on the name can be read; both are offsets in the unit.
    `statement` is the span of the statement or header that binds it; `loops` are the loops around it, as spans, within
    its function (for a comprehension: the iterables that can't read it); `function` is the span of that function.
    `value` is the assigned expression or the annotation, `index` the place of a parameter (1 for `**kwargs`).
    """

    name: str
    by: BoundBy
    start: int
    ends: int
    statement: Span
    function: Span
    loops: tuple[Span, ...] = ()
    value: ast.expr | None = None
    index: int = -1


@dataclass(frozen=True, slots=True)
class LocalName:
    """A local name with its bindings in the innermost scope that binds it. `deferred`: the place that asks is in a
    function nested in that scope, which may run after all of it."""

    name: str
    bindings: tuple[LocalBinding, ...]
    deferred: bool = False

    def is_bound_before(self, offset: int) -> bool:
        """Return whether one of the bindings may have happened when an offset is reached: it stands before it and is
        complete, or is in the same loop."""
        return self.deferred or any(_may_precede(binding, offset) for binding in self.bindings)

    @property
    def by(self) -> BoundBy:
        """What binds the name first."""
        return self.bindings[0].by


def _may_precede(binding: LocalBinding, offset: int) -> bool:
    if binding.by in ("parameter", "rest", "comprehension"):
        return True
    if binding.by == "augmented" or binding.statement.start <= offset < min(binding.ends, binding.statement.end):
        return False  # it reads the name, or is not complete yet
    return binding.ends <= offset or any(loop.start <= offset < loop.end for loop in binding.loops)


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def locals_at(text: str, prefix: str, suffix: str, offset: int) -> dict[str, LocalName]:
    """Return the names of all functions and comprehensions around an offset of a unit that can be read there. Empty if
    the unit does not parse."""
    found: dict[str, LocalName] = {}
    deferred = False
    for scope in reversed(scopes_of(text, prefix, suffix)):
        if not scope.body.start <= offset <= scope.body.end:
            continue
        here: dict[str, list[LocalBinding]] = {}
        for binding in scope.bindings:
            here.setdefault(binding.name, []).append(binding)
        for name, bindings in here.items():
            if scope.is_comprehension and any(hidden.start <= offset < hidden.end for hidden in bindings[0].loops):
                continue  # an iterable can't read the names of its own clause
            found.setdefault(name, LocalName(name, tuple(bindings), deferred))
        deferred |= not scope.is_comprehension
    return {name: local for name, local in found.items() if local.by != "global"}


@lru_cache(maxsize=32)
def module_names_at(text: str, prefix: str, suffix: str) -> dict[str, LocalName]:
    """Return the names that a unit binds at module level; none for a member of a class, and for a unit that does not
    parse."""
    tree, places = parsed(text, prefix, suffix)
    if tree is None or prefix:
        return {}
    collector = _Collector(places, 0, Span(0, len(text)))
    collector.body(tree.body, ())
    found: dict[str, list[LocalBinding]] = {}
    for binding in collector.bindings:
        found.setdefault(binding.name, []).append(binding)
    return {name: LocalName(name, tuple(bindings)) for name, bindings in found.items()}


@dataclass(frozen=True, slots=True)
class LocalScope:
    """A function, lambda or comprehension: its `body`, in which its names can be read, its whole `span`, its name, its
    bindings, and the names that it reads."""

    name: str
    body: Span
    span: Span
    bindings: tuple[LocalBinding, ...]
    is_comprehension: bool
    is_lambda: bool = False

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters, in order, without `*args` and `**kwargs`."""
        return tuple(binding.name for binding in self.bindings if binding.by == "parameter")


@lru_cache(maxsize=64)
def scopes_of(text: str, prefix: str, suffix: str) -> tuple[LocalScope, ...]:
    """Return all functions, lambdas and comprehensions of a unit, each after the one that contains it."""
    tree, places = parsed(text, prefix, suffix)
    if tree is None:
        return ()
    found: list[tuple[Any, Span]] = []
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, (*_FUNCTIONS, *_COMPREHENSIONS)):
            found.append((node, _span(node, places, len(prefix))))
        todo += ast.iter_child_nodes(node)
    found.sort(key=lambda pair: (pair[1].start, -pair[1].end))
    return tuple(_scope(node, span, places, len(prefix)) for node, span in found)


def _scope(node: Any, span: Span, places: Places, origin: int) -> LocalScope:
    collector = _Collector(places, origin, span)
    if isinstance(node, _COMPREHENSIONS):
        hidden: tuple[Span, ...] = ()
        for generator in node.generators:
            hidden = (*hidden, _span(generator.iter, places, origin))
            collector.target(generator.target, "comprehension", span.start, span, hidden)
        return LocalScope("", span, span, tuple(collector.bindings), True)
    collector.parameters(node)
    is_lambda = isinstance(node, ast.Lambda)
    if not is_lambda:
        collector.body(node.body, ())
    body = Span(places.of_body(node) - origin, span.end)
    return LocalScope(getattr(node, "name", ""), body, span, tuple(collector.bindings), False, is_lambda)


class _Collector:
    """Collects the bindings of one function, without those of functions and classes in it."""

    def __init__(self, places: Places, origin: int, function: Span) -> None:
        self.bindings: list[LocalBinding] = []
        self._places, self._origin, self._function = places, origin, function

    def add(
        self,
        name: str,
        by: BoundBy,
        at: Any,
        ends: int,
        statement: Span,
        loops: tuple[Span, ...] = (),
        value: ast.expr | None = None,
        index: int = -1,
    ) -> None:
        start = self._places.offset(at.lineno, at.col_offset) - self._origin
        self.bindings.append(LocalBinding(name, by, start, ends, statement, self._function, loops, value, index))

    def parameters(self, node: Any) -> None:
        arguments = node.args
        plain = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        for index, parameter in enumerate(plain):
            self.add(parameter.arg, "parameter", parameter, -1, Span(-1, -1), (), parameter.annotation, index)
        for index, parameter in enumerate((arguments.vararg, arguments.kwarg)):
            if parameter is not None:
                self.add(parameter.arg, "rest", parameter, -1, Span(-1, -1), index=index)

    def target(
        self,
        node: ast.AST | None,
        by: BoundBy,
        ends: int,
        statement: Span,
        loops: tuple[Span, ...] = (),
        value: ast.expr | None = None,
    ) -> None:
        if isinstance(node, ast.Name):
            self.add(node.id, by, node, ends, statement, loops, value)
        elif isinstance(node, (ast.Tuple, ast.List)):
            within: BoundBy = "unpacking" if by == "assignment" else by
            for element in node.elts:
                self.target(element, within, ends, statement, loops)
        elif isinstance(node, ast.Starred):
            self.target(node.value, by, ends, statement, loops)

    def body(self, statements: list[ast.stmt], loops: tuple[Span, ...]) -> None:
        todo: list[tuple[ast.AST, tuple[Span, ...]]] = [(statement, loops) for statement in reversed(statements)]
        while todo:
            node, loops = todo.pop()
            if isinstance(node, ast.stmt):
                self.statement(node, loops)
            elif isinstance(node, ast.ExceptHandler) and node.name:
                span = Span(self._start(node), self._places.of_body(node) - self._origin)
                self.add(node.name, "except", node, span.end, span, loops)
            elif isinstance(node, ast.NamedExpr):
                end = self._end(node)
                span = Span(self._start(node), end)
                self.add(node.target.id, "assignment", node.target, end, span, loops, node.value)
            elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
                self.add(node.name, "match", node, self._end(node), Span(self._start(node), self._end(node)), loops)
            elif isinstance(node, ast.MatchMapping) and node.rest:
                self.add(node.rest, "match", node, self._end(node), Span(self._start(node), self._end(node)), loops)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, *_FUNCTIONS, *_COMPREHENSIONS)):
                continue
            inner = (*loops, Span(self._start(node), self._end(node))) if isinstance(node, _LOOPS) else loops
            todo += [(child, inner) for child in ast.iter_child_nodes(node) if not isinstance(child, ast.expr_context)]

    def statement(self, node: ast.stmt, loops: tuple[Span, ...]) -> None:
        span = Span(self._start(node), self._end(node))
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self.target(target, "assignment", span.end, span, loops, node.value)
        elif isinstance(node, ast.AnnAssign):
            self.target(node.target, "assignment", span.end, span, loops, node.value)
        elif isinstance(node, ast.AugAssign):
            self.target(node.target, "augmented", span.end, span, loops)
        elif isinstance(node, (ast.For, ast.AsyncFor)):
            ends = self._end(node.iter)
            header = Span(span.start, self._places.of_body(node) - self._origin)
            self.target(node.target, "for", ends, header, loops)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            header = Span(span.start, self._places.of_body(node) - self._origin)
            for item in node.items:
                self.target(item.optional_vars, "with", self._end(item.context_expr), header, loops)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.add(node.name, "function", node, self._places.of_body(node) - self._origin, Span(-1, -1), loops)
        elif isinstance(node, ast.ClassDef):
            self.add(node.name, "class", node, span.end, Span(-1, -1), loops)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                self.add(name, "module", node, span.end, span, loops)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                self.add(alias.asname or alias.name, "import", node, span.end, span, loops)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            for name in node.names:
                self.add(name, "global", node, span.end, span, loops)

    def _start(self, node: Any) -> int:
        return self._places.offset(getattr(node, "lineno", 1), getattr(node, "col_offset", 0)) - self._origin

    def _end(self, node: ast.AST) -> int:
        return self._places.end_of(node) - self._origin


def _span(node: Any, places: Places, origin: int) -> Span:
    return Span(places.offset(node.lineno, node.col_offset) - origin, places.end_of(node) - origin)


def functions_at(text: str, prefix: str, suffix: str, offset: int) -> Iterator[LocalScope]:
    """Yield the functions around an offset, the innermost first; no lambdas and no comprehensions."""
    for scope in reversed(scopes_of(text, prefix, suffix)):
        if scope.body.start <= offset <= scope.body.end and not scope.is_comprehension and not scope.is_lambda:
            yield scope
