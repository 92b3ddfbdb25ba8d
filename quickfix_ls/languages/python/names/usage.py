"""How code uses a name: what is done with its value, and which part of which statement that is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.languages.python.names.unit_tree import parsed
from quickfix_ls.values import Span

Done = Literal["read", "call", "attribute", "subscript", "augmented"]
"""What is done with the value itself."""

Place = Literal[
    "value", "raise", "except", "base", "decorator", "annotation", "type test", "operand", "comparison", "iteration",
    "condition", "with", "argument", "return", "statement", "format",
]  # fmt: skip
"""The part of a statement that the value, or what is made of it by attributes, calls and subscripts, is."""

_TYPE_TESTS = frozenset({"isinstance", "issubclass"})


@dataclass(frozen=True, slots=True)
class Usage:
    """One read of a name.

    `span` is relative to the unit. `attribute` is the attribute taken (`attributes` of a chain, `a.b` for `name.a.b`);
    `arguments` is the number of positional arguments of a call, -1 without a call or with starred ones; `keyword` is
    the keyword argument that the name is the value of. `statement` is the span of the innermost simple statement or
    header that contains the read.
    """

    name: str
    span: Span
    done: Done
    place: Place
    attribute: str = ""
    is_attribute_called: bool = False
    arguments: int = -1
    keyword: str = ""
    statement: Span | None = None


def usages_of(text: str, prefix: str, suffix: str, name: str) -> tuple[Usage, ...]:
    """Return all reads of a name in a unit, in order, bound or not; none if it does not parse."""
    return tuple(usage for usage in usages(text, prefix, suffix) if usage.name == name)


@lru_cache(maxsize=32)
def usages(text: str, prefix: str, suffix: str) -> tuple[Usage, ...]:
    """Return all reads of names in a unit, in order; none if it does not parse."""
    tree, places = parsed(text, prefix, suffix)
    if tree is None:
        return ()
    origin = len(prefix)
    found = [_usage(node, above, places, origin) for node, above in _reads(tree)]
    return tuple(sorted((usage for usage in found if usage.span.start >= 0), key=lambda usage: usage.span))


def _reads(tree: ast.Module) -> Iterator[tuple[ast.Name, list[ast.AST]]]:
    """Yield the names that are read (or augmented), each with the nodes around it, the innermost last."""
    stack: list[tuple[ast.AST, list[ast.AST]]] = [(tree, [])]
    while stack:
        node, above = stack.pop()
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load) or (above and isinstance(above[-1], ast.AugAssign)):
                yield node, above
            continue
        around = [*above, node]
        stack += [(child, around) for child in ast.iter_child_nodes(node) if not isinstance(child, ast.expr_context)]


def _usage(node: ast.Name, above: list[ast.AST], places: Places, origin: int) -> Usage:
    done: Done = "read"
    attribute, called, arguments = "", False, -1
    inner: ast.AST = node
    level = len(above) - 1
    if level >= 0:
        parent = above[level]
        if isinstance(parent, ast.Call) and parent.func is node:
            done = "call"
            starred = any(isinstance(argument, ast.Starred) for argument in parent.args)
            arguments = -1 if starred else len(parent.args)
        elif isinstance(parent, ast.Attribute):
            done, attribute = "attribute", parent.attr
            outer = above[level - 1] if level else None
            called = isinstance(outer, ast.Call) and outer.func is parent
        elif isinstance(parent, ast.Subscript) and parent.value is node:
            done = "subscript"
        elif isinstance(parent, ast.AugAssign) and parent.target is node:
            done = "augmented"
    # What is made of the value by attributes, calls and subscripts stands for it.
    while level >= 0 and _continues(above[level], inner):
        inner = above[level]
        level -= 1
    place, keyword = _place(above, level, inner)
    statement = next((around for around in reversed(above) if isinstance(around, ast.stmt)), None)
    span = places.of(node)
    return Usage(
        node.id,
        Span(span.start - origin, span.end - origin),
        done,
        place,
        attribute,
        called,
        arguments,
        keyword,
        _header(statement, places, origin) if statement is not None else None,
    )


def _continues(parent: ast.AST, inner: ast.AST) -> bool:
    return (
        isinstance(parent, ast.Attribute)
        or (isinstance(parent, ast.Call) and parent.func is inner)
        or (isinstance(parent, ast.Subscript) and parent.value is inner)
        or isinstance(parent, ast.Await)
    )


def _place(above: list[ast.AST], level: int, inner: ast.AST) -> tuple[Place, str]:
    """Return the place of an expression below `above[level]`, and the keyword argument that it is the value of."""
    if level < 0:
        return "value", ""
    parent = above[level]
    outer = above[level - 1] if level else None
    if isinstance(parent, ast.Tuple) and isinstance(outer, ast.ExceptHandler):
        return "except", ""
    if isinstance(parent, ast.Tuple) and isinstance(outer, ast.Call) and _is_type_test(outer, parent):
        return "type test", ""
    if isinstance(parent, ast.keyword):
        return ("base", "") if isinstance(outer, ast.ClassDef) else ("argument", parent.arg or "")
    if isinstance(parent, ast.arg) or (isinstance(parent, ast.AnnAssign) and parent.annotation is inner):
        return "annotation", ""
    if isinstance(parent, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return ("decorator" if inner in parent.decorator_list else "annotation"), ""
    if isinstance(parent, ast.ClassDef):
        return ("base" if inner in parent.bases else "decorator"), ""
    if isinstance(parent, ast.Call):
        return ("type test" if _is_type_test(parent, inner) else "argument"), ""
    if isinstance(parent, (ast.For, ast.AsyncFor, ast.comprehension)) and parent.iter is inner:
        return "iteration", ""
    if isinstance(parent, (ast.If, ast.While, ast.IfExp, ast.Assert)) and parent.test is inner:
        return "condition", ""
    return _SIMPLE.get(type(parent), "value"), ""


def _is_type_test(call: ast.Call, inner: ast.AST) -> bool:
    return getattr(call.func, "id", "") in _TYPE_TESTS and len(call.args) == 2 and call.args[1] is inner


_SIMPLE: dict[type[ast.AST], Place] = {
    ast.Raise: "raise",
    ast.ExceptHandler: "except",
    ast.BinOp: "operand",
    ast.UnaryOp: "operand",
    ast.AugAssign: "operand",
    ast.Compare: "comparison",
    ast.BoolOp: "condition",
    ast.withitem: "with",
    ast.Return: "return",
    ast.Expr: "statement",
    ast.FormattedValue: "format",
}


def _header(statement: ast.stmt, places: Places, origin: int) -> Span:
    """Return the span of a simple statement, or of the header of a compound one, relative to the unit."""
    start = places.offset(statement.lineno, statement.col_offset) - origin
    body = getattr(statement, "body", None)
    if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
        return Span(start, places.of_body(statement) - origin)
    if isinstance(body, list) and body:
        return Span(start, start)
    return Span(start, places.end_of(statement) - origin)
