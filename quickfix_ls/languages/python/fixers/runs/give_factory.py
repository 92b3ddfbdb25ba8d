"""Give a field of a dataclass a factory in place of a mutable default: `items: list = []` becomes
`items: list = field(default_factory=list)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.languages.python.import_names import extension
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_TOLD = re.compile(r"mutable default <class '(?:\w+\.)*\w+'> for field (?P<name>\w+) is not allowed")
_RAISED = ("", "ValueError", "mutable default <class 'list'> for field items is not allowed: use default_factory")
_KINDS: dict[type[ast.expr], str] = {ast.List: "list", ast.Dict: "dict", ast.Set: "set"}
_MODULES = ("dataclasses", "attr", "attrs")


@fixer(
    handles=RUN,
    errors=("ValueError",),
    examples=[
        Example(
            "from dataclasses import dataclass\n\n\n@dataclass\nclass Cart:\n    $0items: list = []\n",
            "from dataclasses import dataclass, field\n\n\n@dataclass\nclass Cart:\n"
            "    items: list = field(default_factory=list)\n",
            _RAISED,
        ),
        Example(
            "import dataclasses\n\n\n@dataclasses.dataclass\nclass Cart:\n    $0items: list = [1]\n    by: dict = {}\n",
            "import dataclasses\n\n\n@dataclasses.dataclass\nclass Cart:\n"
            "    items: list = dataclasses.field(default_factory=lambda: [1])\n"
            "    by: dict = dataclasses.field(default_factory=dict)\n",
            _RAISED,
        ),
    ],
)
def give_factory(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all mutable defaults of the reported field's class, then for that field alone."""
    told = _TOLD.match(context.problem.message)
    if not told:
        return
    tree = file_tree_of(context)
    for owner in tree.near(ast.ClassDef):
        fields = {
            node.target.id: node.value
            for node in owner.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None
        }
        mutable = {name: made for name, value in fields.items() if (made := _factory(tree, value))}
        if told["name"] not in mutable or not owner.decorator_list:
            continue
        named, added = _spelling(context, owner)
        edits = {
            name: Edit(tree.span(fields[name]), f"{named}(default_factory={made})") for name, made in mutable.items()
        }
        if len(edits) > 1:
            names = ", ".join(f"`{name}`" for name in edits)
            yield Candidate((*added, *edits.values()), f"Give {names} a `default_factory`")
        title = f"Give `{told['name']}` the `default_factory={mutable[told['name']]}`"
        yield Candidate((*added, edits[told["name"]]), title)
        return


def _factory(tree: FileTree, value: ast.expr) -> str:
    """Return the factory that makes a mutable value: its type, if it is empty, else a lambda; an empty string for any
    other value."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in ("list", "dict", "set"):
        return f"lambda: {tree.source(value)}" if value.args or value.keywords else value.func.id
    kind = _KINDS.get(type(value))
    if kind is None:
        return f"lambda: {tree.source(value)}" if isinstance(value, (ast.ListComp, ast.DictComp, ast.SetComp)) else ""
    is_empty = not (value.keys if isinstance(value, ast.Dict) else getattr(value, "elts", ()))
    return kind if is_empty else f"lambda: {tree.source(value)}"


def _spelling(context: Context, owner: ast.ClassDef) -> tuple[str, tuple[Edit, ...]]:
    """Return the name by which the file reaches `field`, and the edits that import it, if any are needed."""
    decorators = [node.func if isinstance(node, ast.Call) else node for node in owner.decorator_list]
    for node in decorators:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return f"{node.value.id}.field", ()
    text = context.snapshot.text
    block = import_block(text)
    modules = [statement.module for statement in block.imports if ("dataclass", "dataclass") in statement.names]
    module = modules[0] if modules else _MODULES[0]
    names = [pair for found in block.imports if found.module == module for pair in found.names]
    bound = [alias for name, alias in names if name == "field"]
    if bound:
        return bound[0], ()
    edit = extension(text, block, module, "field")
    if edit is None:
        line = f"{block.before}from {module} import field{block.after}"
        edit = Edit(Span(block.place, block.place), line)
    return "field", (edit,)
