"""Replacements of attributes and calls by templates: `{0} in {owner}` for `d.has_key(k)`.

A template is a dotted name, or an expression in which

- `{owner}` is the object whose method is called, and `{value}` the one whose attribute is read without a call,
- `{0}`, `{1}` are the arguments without a name, `{arguments}` all of them, and `{rest}` those after the first,
- `{module:name}` is a member of a module, imported if need be.

Named arguments stay at the end of the call. A template that is an assignment replaces a whole statement.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import NamedTuple

from quickfix_ls.languages.python.fixers.reference_trees import ReferenceTree
from quickfix_ls.languages.python.fixers.spelling import Spelling
from quickfix_ls.values import Edit

_PLACEHOLDER = re.compile(r"\{([\w.:]+)\}")
_ASSIGNMENT = re.compile(r"\{owner\}(?:\[\{0\}\])? \+?= ")
_SUM = re.compile(r"(?<=\[)(\d+):(\d+) \+ (\d+)(?=\])")
_FUNCTION = re.compile(r"(?<![\w.}'\"])[^\W\d]\w*(?:\.[^\W\d]\w*)+(?=\()")
_PRIMARY = (
    ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.JoinedStr, ast.List, ast.Dict, ast.Set, ast.ListComp,
    ast.DictComp, ast.SetComp, ast.Tuple, ast.GeneratorExp,
)  # fmt: skip
_LOOSE = (ast.Lambda, ast.IfExp, ast.BoolOp, ast.Compare, ast.NamedExpr, ast.Yield, ast.YieldFrom)
_OPERATIONS = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp)
_LIST_LIKE = (ast.Dict, ast.Constant, ast.ListComp, ast.Tuple)


def is_name(template: str) -> bool:
    """Return whether a template is a plain name, which replaces a name."""
    return template.isidentifier()


def filled(tree: ReferenceTree, node: ast.expr, template: str, spelling: Spelling) -> Edit | None:
    """Return the edit that applies a template to a method or function, or to an attribute; None if the arguments of its
    call do not fit."""
    if "{" not in template and "(" not in template:
        return Edit(tree.span(node), spelling.of(template))
    parent = tree.parents.get(node)
    call = parent if isinstance(parent, ast.Call) and parent.func is node else None
    asks = frozenset(_PLACEHOLDER.findall(template))
    if "value" in asks or (call is None and not asks):
        new = _with_parts(tree, template, _Arguments(node, (), ()), spelling)
        return _placed(tree, node, new) if new is not None and call is None else None
    if call is None or any(isinstance(argument, ast.Starred) for argument in call.args):
        return None
    given = _Arguments(node, tuple(call.args), tuple(call.keywords))
    if not _fits(template, asks, given):
        return None
    new = _with_parts(tree, template, given, spelling)
    return _placed(tree, call, new) if new is not None else None


class _Arguments(NamedTuple):
    """What a call gives: the function or method, and the arguments without and with a name."""

    function: ast.expr
    plain: tuple[ast.expr, ...]
    named: tuple[ast.keyword, ...]


def _fits(template: str, asks: frozenset[str], given: _Arguments) -> bool:
    """Return whether the template uses all arguments, and they are there."""
    count = len(given.plain)
    numbers = [int(name) for name in asks if name.isdigit()]
    if "arguments" not in asks and "rest" not in asks and template != "{owner}" and count != max([-1, *numbers]) + 1:
        return False
    if count <= max([0 if "rest" in asks else -1, *numbers]):
        return False
    twice = [given.plain[number] for number in numbers if template.count(f"{{{number}}}") > 1]
    if not all(isinstance(argument, (ast.Name, ast.Constant)) for argument in twice):
        return False
    if given.named and (
        template[-1] not in ")" or template == "{owner}" or any(item.arg is None for item in given.named)
    ):
        return False
    if "[{owner}, {arguments}]" in template:
        # What is put into a list with its owner must be of the same type, or a list of such values.
        (only, *others) = given.plain or (None,)
        items = only.elts if isinstance(only, ast.List) else [only]
        return only is not None and not others and not any(isinstance(item, _LIST_LIKE) for item in (only, *items))
    return True


def _with_parts(tree: ReferenceTree, template: str, given: _Arguments, spelling: Spelling) -> str | None:
    """Return the text of a template; None for an assignment to an expression that can't be assigned."""
    function = given.function
    owner = function.value if isinstance(function, ast.Attribute) else function
    is_assignment = _ASSIGNMENT.match(template) is not None
    parent = tree.parents.get(tree.parents.get(function, function))
    if is_assignment and not (
        isinstance(parent, ast.Expr) and isinstance(owner, (ast.Name, ast.Attribute, ast.Subscript))
    ):
        return None
    parts: dict[str, Callable[[str, str], str]] = {
        "owner": lambda before, after: _operand(tree, owner, before, after),
        "value": lambda before, after: _operand(tree, owner, before, after),
        "arguments": lambda before, after: ", ".join(_listed(tree, given.plain, template)),
        "rest": lambda before, after: ", ".join(_listed(tree, given.plain[1:], template)),
    }
    for number, argument in enumerate(given.plain):
        parts[str(number)] = lambda before, after, argument=argument: _operand(tree, argument, before, after)  # type: ignore[misc]

    def part(found: re.Match[str]) -> str:
        name = found[1]
        if ":" in name:
            return spelling.of(name)
        return parts[name](template[: found.start()], template[found.end() :])

    template = _FUNCTION.sub(lambda found: spelling.of(found[0]), template)
    text = _PLACEHOLDER.sub(part, template)
    if not (given.plain and "{arguments}" not in template and "{rest}" not in template):
        text = re.sub(r",[ ]*(?=[)\]])", "", text)  # what the call does not give
    text = _SUM.sub(lambda found: f"{found[1]}:{int(found[2]) + int(found[3])}", text)
    named = ", ".join(map(tree.source, given.named))
    return f"{text[:-1].rstrip()}{', ' if text[-2] not in '([' else ''}{named})" if named else text


def _listed(tree: ReferenceTree, arguments: tuple[ast.expr, ...], template: str) -> list[str]:
    if "[{owner}, {arguments}]" in template and len(arguments) == 1 and isinstance(arguments[0], ast.List):
        arguments = tuple(arguments[0].elts)
    return [tree.source(argument) for argument in arguments]


def _operand(tree: ReferenceTree, node: ast.expr, before: str, after: str) -> str:
    """Return the source of an expression, in brackets where its new place needs them."""
    text = tree.source(node)
    is_text = isinstance(node, ast.Constant) and not isinstance(node.value, (int, float, complex))
    if after[:1] in (".", "[", "("):
        return text if isinstance(node, _PRIMARY) or is_text else f"({text})"
    if before.rstrip()[-1:] in ("(", "[", ",", "=") and after.lstrip()[:1] in (")", "]", ","):
        return text
    if before.endswith("* ") or after.startswith(" *"):
        return f"({text})" if isinstance(node, (ast.BinOp, *_LOOSE)) else text
    is_loose = isinstance(node, _LOOSE) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not))
    return f"({text})" if is_loose else text


def _placed(tree: ReferenceTree, node: ast.expr, new: str) -> Edit:
    """Return the edit that puts an expression in place of another, in brackets where the code around it needs them."""
    span, parent = tree.span(node), tree.parents.get(node)
    if isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not) and " in " in new:
        compared = _body(new)
        if isinstance(compared, ast.Compare) and isinstance(compared.ops[0], ast.In):
            middle = new.index(" in ", _end(new, compared.left))
            return Edit(tree.span(parent), f"{new[:middle]} not{new[middle:]}")
    if not isinstance(_body(new), _OPERATIONS):
        return Edit(span, new)
    is_part = (
        isinstance(parent, (ast.BinOp, ast.Compare, ast.Await, ast.Starred))
        or (isinstance(parent, ast.UnaryOp) and not isinstance(parent.op, ast.Not))
        or (isinstance(parent, (ast.Attribute, ast.Subscript)) and parent.value is node)
        or (isinstance(parent, ast.Call) and parent.func is node)
    )
    return Edit(span, f"({new})" if is_part else new)


def _body(text: str) -> ast.expr | None:
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _end(text: str, node: ast.expr) -> int:
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[: (node.end_lineno or 1) - 1])
    return before + len(lines[(node.end_lineno or 1) - 1].encode()[: node.end_col_offset or 0].decode(errors="ignore"))
