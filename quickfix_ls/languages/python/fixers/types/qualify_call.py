"""Call the member that has the same name as its module: `datetime(2020, 1, 1)` becomes
`datetime.datetime(2020, 1, 1)`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_changes import import_alias
from quickfix_ls.languages.python.fixers.reference_trees import ReferenceTree, expression_at, reference_tree
from quickfix_ls.languages.python.fixers.syntax_trees import tree_of
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.languages.python.members.owner_confusions import member_called_like
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles=("name", "type"),
    errors=("TypeError",),
    examples=[
        Example("import time\n\nbegin = time()\n", "import time\n\nbegin = time.time()\n"),
        Example("import time\n\nbegin = time()\n", "from time import time\n\nbegin = time()\n"),
        Example(
            "import glob\n\na = glob('*.a')\nb = glob('*.b')\n",
            "import glob\n\na = glob.glob('*.a')\nb = glob.glob('*.b')\n",
        ),
        Example(
            "import datetime\n\nprint($0datetime(2020, 1, 1))\n",
            "import datetime\n\nprint(datetime.datetime(2020, 1, 1))\n",
            ("mypy", "operator", "Module not callable"),
        ),
        Example(
            "import time as t\n\nprint($0t())\n",
            "import time as t\n\nprint(t.time())\n",
            ("ty", "not-callable", "Object of type `<module 'time'>` is not callable"),
        ),
        Example(
            "import tqdm\n\nfor x in $0tqdm(xs):\n    print(x)\n",
            "import tqdm\n\nfor x in tqdm.tqdm(xs):\n    print(x)\n",
            ("", "", "TypeError: 'module' object is not callable"),
        ),
    ],
)
def qualify_call(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Call `time.time`" and "Import `time` from `time`"."""
    if context.problem.kind == "type":
        yield from _checked(context)
        return
    tree = reference_tree(context)
    here = expression_at(tree, context.problem.span)
    module = tree.dotted(here) if here is not None else ""
    member = _member(module)
    if not isinstance(here, ast.Name) or not member:
        return
    names = tree.names(here.id)
    called = [node for node in names if _is_called(tree, node)]
    many = f" ({len(called)} places)" if len(called) > 1 else ""
    edits = tuple(sorted(Edit(tree.span(node), f"{node.id}.{member}") for node in called))
    if edits:
        yield Candidate(edits, f"Call `{here.id}.{member}`{many}")
    statement = import_alias(tree, module)
    if statement is not None and len(called) == len(names) and here.id == member:
        edit = Edit(tree.span(statement), f"from {module} import {member}")
        yield Candidate((edit,), f"Import `{member}` from `{module}`")


def _checked(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for each call of a module near the place that a checker reports."""
    tree = tree_of(context)
    imported = import_block(context.snapshot.text).modules
    for call in tree.near(ast.Call) if imported else ():
        name = call.func
        member = _member(imported.get(name.id, "")) if isinstance(name, ast.Name) else ""
        if isinstance(name, ast.Name) and member:
            yield Candidate(tree.around(name, "", f".{member}"), f"Call `{name.id}.{member}`")


def _member(module: str) -> str:
    """Return the member of a module that has its name; of an unknown module, its own name."""
    is_standard = module.partition(".")[0] in sys.stdlib_module_names
    return member_called_like(module) if is_standard else module.rpartition(".")[2]


def _is_called(tree: ReferenceTree, node: ast.Name) -> bool:
    parent = tree.parents.get(node)
    return isinstance(parent, ast.Call) and parent.func is node
