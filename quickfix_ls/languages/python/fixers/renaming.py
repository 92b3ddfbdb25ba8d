"""The edits that write what a package made of a name: where it is read, where it is imported, where it is a method."""

from __future__ import annotations

import ast
import re

from quickfix_ls.context import Context
from quickfix_ls.languages.python.dotted import owner_before
from quickfix_ls.languages.python.fixers.name_context import imported_of
from quickfix_ls.languages.python.fixers.syntax_trees import Tree, tree_of
from quickfix_ls.languages.python.import_names import shortened
from quickfix_ls.languages.python.imports import Import, import_at, import_block
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.languages.python.project.packages import Renamed
from quickfix_ls.values import Edit, Span

_IMPORTS_ALL = frozenset({"numpy", "pandas", "tensorflow"})
"""Packages that import their subpackages themselves."""


def edits_for(context: Context, found: Renamed) -> tuple[Edit, ...]:
    """The edits that replace the name at the problem; none where it can't be done by rote."""
    text, span = context.snapshot.text, context.problem.span
    if found.kind == "methods":
        return _of_method(context, found.new)
    chain = owner_before(text, span.start)
    statement = import_at(text, span.start)
    if statement is None and chain:
        return _spelt(context, Span(span.start - len(chain), span.end), found.new)
    if statement is None:
        return ()
    at = text.find(found.old, statement.start, statement.end)
    if found.kind == "modules" and at >= 0:
        return _of_module(text, statement, Span(at, at + len(found.old)), found.new)
    return _of_import(text, statement, found)


def _spelt(context: Context, span: Span, new: str) -> tuple[Edit, ...]:
    """`new` written at a place, by the names that the file has for modules, with an import where it has none."""
    written, added = _reached(context, new)
    return (Edit(span, written), *added)


def _reached(context: Context, new: str) -> tuple[str, tuple[Edit, ...]]:
    """How the file can write a dotted name, and the import that this takes."""
    for alias, module in sorted(imported_of(context).items(), key=lambda one: -len(one[1])):
        rest = new[len(module) :]
        if new.startswith(f"{module}.") and ("." not in rest[1:] or module in _IMPORTS_ALL or _is_class(rest)):
            return alias + rest, ()
    module = _split(new)[0]
    if not module:
        return new, ()
    block = import_block(context.snapshot.text)
    place = Span(block.place, block.place)
    return new, (Edit(place, f"{block.before}import {module}{block.after}"),)


def _split(new: str) -> tuple[str, str]:
    """The module of a dotted name and the rest: names from the first class on are no modules."""
    parts = new.split(".")
    at = next((index for index, part in enumerate(parts) if part[:1].isupper() and index), len(parts) - 1)
    return ".".join(parts[:at]), ".".join(parts[at:])


def _is_class(rest: str) -> bool:
    return rest[1:2].isupper()


# -- imports -----------------------------------------------------------------------------------------------------


def _of_module(text: str, statement: Import, span: Span, new: str) -> tuple[Edit, ...]:
    """A module's new name in its import, and where the file reads it by its dotted name."""
    old = text[span.start : span.end]
    edits = [Edit(span, new)]
    if not statement.module and not re.match(r"[ \t]+as\b", text[span.end :]):
        uses = re.finditer(rf"(?<![\w.]){re.escape(old)}(?=\.)", text)
        edits += [Edit(Span(*one.span()), new) for one in uses if one.start() != span.start]
    return tuple(edits)


def _of_import(text: str, statement: Import, found: Renamed) -> tuple[Edit, ...]:
    """A name's new import, and its new name where the file reads it."""
    last = found.old.rpartition(".")[2]
    alias = next((alias for name, alias in statement.names if name == last), "")
    module, rest = _split(found.new)
    member, _, tail = rest.partition(".")
    if not alias or (alias != last and tail):
        return ()
    line = f"from {module} import {member}" if module else f"import {member}"
    if not module and found.kind == "members":
        return ()
    line += f" as {alias}" if alias not in (last, member) else ""
    edits = [*_reimported(text, statement, last, line)]
    if alias == last != rest:
        edits += [Edit(span, rest) for span in _reads(text, last) if not statement.start <= span.start < statement.end]
    return tuple(edits)


def _reimported(text: str, statement: Import, name: str, line: str) -> tuple[Edit, ...]:
    """`line` in place of a statement that imports the name alone, or behind one that imports others too."""
    if len(statement.names) == 1:
        return (Edit(Span(statement.start, statement.end), line),)
    without = shortened(text, statement, name)
    if without is None:
        return ()
    indent = text[text.rfind("\n", 0, statement.start) + 1 : statement.start]
    return without, Edit(Span(statement.end, statement.end), f"\n{indent}{line}")


def _reads(text: str, name: str) -> list[Span]:
    tokens = lex(text)
    return [
        Span(token.start, token.end)
        for index, token in enumerate(tokens)
        if token.text == name
        and (not index or tokens[index - 1].text not in (".", "def", "class"))
        and not (index + 1 < len(tokens) and tokens[index + 1].text == "=")
    ]


# -- methods -----------------------------------------------------------------------------------------------------


def _of_method(context: Context, new: str) -> tuple[Edit, ...]:
    span = context.problem.span
    tree = tree_of(context)
    node = next((one for one in tree.near(ast.Attribute) if _end(context, tree, one) == span.end), None)
    if node is None:
        return ()
    call = next((one for one in tree.near(ast.Call) if one.func is node), None)
    if "{" not in new:
        if new.endswith(")") and call is not None:
            return ()
        return (Edit(span, new),)
    arguments = _arguments(tree, call, new) if call is not None else None
    if call is None or arguments is None:
        return ()
    given, named = arguments
    function = new.partition("(")[0]
    written, added = _reached(context, function) if "{" not in function else (function, ())
    after = (written + new[len(function) :]).format(owner=tree.text(node.value), arguments=given)
    after = re.sub(r",\s*(?=[)\]]$)", "", after)
    if named:
        after = f"{after[:-1]}, {named})"
    place = tree.span(call)
    return (context.edit(place.start, place.end, after), *added)


def _arguments(tree: Tree, call: ast.Call, new: str) -> tuple[str, str] | None:
    """What is given by position and by name; None where it does not fit the template."""
    named = ", ".join(
        tree.text(one.value) if one.arg is None else f"{one.arg}={tree.text(one.value)}" for one in call.keywords
    )
    if any(one.arg is None for one in call.keywords) or any(isinstance(one, ast.Starred) for one in call.args):
        return None
    if "[" in new:
        # What is joined in a list must be one value of the owner's kind, or a list of such.
        if len(call.args) != 1 or isinstance(call.args[0], (ast.Dict, ast.Constant, ast.ListComp, ast.Tuple)):
            return None
        (only,) = call.args
        parts = only.elts if isinstance(only, ast.List) else [only]
        if any(isinstance(one, ast.Dict) for one in parts):
            return None
        return ", ".join(map(tree.text, parts)), named
    return ", ".join(map(tree.text, call.args)), named


def _end(context: Context, tree: Tree, node: ast.AST) -> int:
    return context.region.start + tree.span(node).end
