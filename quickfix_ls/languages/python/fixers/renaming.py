"""Edits that apply a package's rename to a file: at reads, in imports and in method calls."""

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
"""Packages whose `import` also loads their subpackages."""


def edits_for(context: Context, found: Renamed) -> tuple[Edit, ...]:
    """Return the edits that replace the renamed name at the problem; empty if it cannot be replaced mechanically."""
    text, span = context.snapshot.text, context.problem.span
    if found.kind == "methods":
        return _method_edits(context, found.new)
    chain = owner_before(text, span.start)
    statement = import_at(text, span.start)
    if statement is None and chain:
        return _replaced(context, Span(span.start - len(chain), span.end), found.new)
    if statement is None:
        return ()
    at = text.find(found.old, statement.start, statement.end)
    if found.kind == "modules" and at >= 0:
        return _module_edits(text, statement, Span(at, at + len(found.old)), found.new)
    return _import_edits(text, statement, found)


def _replaced(context: Context, span: Span, new: str) -> tuple[Edit, ...]:
    """Return the edits that write `new` at a span, spelled through the file's imports, plus an import if needed."""
    written, added = _spelling(context, new)
    return (Edit(span, written), *added)


def _spelling(context: Context, new: str) -> tuple[str, tuple[Edit, ...]]:
    """Return the file's spelling of a dotted name and the edits that add the import it needs, if any."""
    for alias, module in sorted(imported_of(context).items(), key=lambda pair: -len(pair[1])):
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
    """Split a dotted name into its module and the rest.

    A capitalized part is a class, so it and all parts after it belong to the rest.
    """
    parts = new.split(".")
    at = next((index for index, part in enumerate(parts) if part[:1].isupper() and index), len(parts) - 1)
    return ".".join(parts[:at]), ".".join(parts[at:])


def _is_class(rest: str) -> bool:
    return rest[1:2].isupper()


# -- imports -----------------------------------------------------------------------------------------------------


def _module_edits(text: str, statement: Import, span: Span, new: str) -> tuple[Edit, ...]:
    """Return the edits that rename a module in its import statement and at each dotted read."""
    old = text[span.start : span.end]
    edits = [Edit(span, new)]
    if not statement.module and not re.match(r"[ \t]+as\b", text[span.end :]):
        references = re.finditer(rf"(?<![\w.]){re.escape(old)}(?=\.)", text)
        edits += [Edit(Span(*found.span()), new) for found in references if found.start() != span.start]
    return tuple(edits)


def _import_edits(text: str, statement: Import, found: Renamed) -> tuple[Edit, ...]:
    """Return the edits that replace the import of a name and rename the reads of it."""
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
    """Return the edits that put `line` in place of a statement that imports only this name, or after a statement that
    imports others too."""
    if len(statement.names) == 1:
        return (Edit(Span(statement.start, statement.end), line),)
    without = shortened(text, statement, name)
    if without is None:
        return ()
    indent = text[text.rfind("\n", 0, statement.start) + 1 : statement.start]
    return without, Edit(Span(statement.end, statement.end), f"\n{indent}{line}")


def _reads(text: str, name: str) -> list[Span]:
    """Return the spans of name tokens equal to `name`, except attributes, definitions and assignment targets."""
    tokens = lex(text)
    return [
        Span(token.start, token.end)
        for index, token in enumerate(tokens)
        if token.text == name
        and (not index or tokens[index - 1].text not in (".", "def", "class"))
        and not (index + 1 < len(tokens) and tokens[index + 1].text == "=")
    ]


# -- methods -----------------------------------------------------------------------------------------------------


def _method_edits(context: Context, new: str) -> tuple[Edit, ...]:
    """Return the edits that rename a method at the problem or rewrite its call by the template `new`."""
    span = context.problem.span
    tree = tree_of(context)
    node = next(
        (attribute for attribute in tree.near(ast.Attribute) if _end(context, tree, attribute) == span.end), None
    )
    if node is None:
        return ()
    call = next((call for call in tree.near(ast.Call) if call.func is node), None)
    if "{" not in new:
        if new.endswith(")") and call is not None:
            return ()
        return (Edit(span, new),)
    arguments = _arguments(tree, call, new) if call is not None else None
    if call is None or arguments is None:
        return ()
    given, named = arguments
    function = new.partition("(")[0]
    written, added = _spelling(context, function) if "{" not in function else (function, ())
    after = (written + new[len(function) :]).format(owner=tree.text(node.value), arguments=given)
    after = re.sub(r",\s*(?=[)\]]$)", "", after)
    if named:
        after = f"{after[:-1]}, {named})"
    place = tree.span(call)
    return (context.edit(place.start, place.end, after), *added)


def _arguments(tree: Tree, call: ast.Call, new: str) -> tuple[str, str] | None:
    """Return the source of a call's positional and keyword arguments; None if they do not fit the template."""
    named = ", ".join(
        tree.text(keyword.value) if keyword.arg is None else f"{keyword.arg}={tree.text(keyword.value)}"
        for keyword in call.keywords
    )
    if any(keyword.arg is None for keyword in call.keywords) or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    if "[" in new:
        # An argument that the template puts into a list must be a value of the owner's type, or a list of them.
        if len(call.args) != 1 or isinstance(call.args[0], (ast.Dict, ast.Constant, ast.ListComp, ast.Tuple)):
            return None
        (only,) = call.args
        parts = only.elts if isinstance(only, ast.List) else [only]
        if any(isinstance(part, ast.Dict) for part in parts):
            return None
        return ", ".join(map(tree.text, parts)), named
    return ", ".join(map(tree.text, call.args)), named


def _end(context: Context, tree: Tree, node: ast.AST) -> int:
    return context.region.start + tree.span(node).end
