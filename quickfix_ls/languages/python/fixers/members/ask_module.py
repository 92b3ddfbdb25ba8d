"""Ask the module for a member that its class or function lacks: `datetime.timedelta(1)` is right after
`import datetime`, not after `from datetime import datetime`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_changes import exchanged_name, imported_from
from quickfix_ls.languages.python.fixers.reference_trees import ReferenceTree, expression_at, reference_tree
from quickfix_ls.languages.python.fixers.spelling import import_edits
from quickfix_ls.languages.python.members.owner_confusions import module_for
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="name",
    errors=("AttributeError",),
    examples=[
        Example(
            "from datetime import datetime\n\nnow = datetime.datetime.now()\n",
            "from datetime import datetime\n\nnow = datetime.now()\n",
        ),
        Example(
            "from datetime import datetime\n\nnow = datetime.datetime.now()\n",
            "import datetime\n\nnow = datetime.datetime.now()\n",
        ),
        Example(
            "from datetime import datetime\n\nnow = datetime.now() + datetime.timedelta(1)\n",
            "from datetime import datetime, timedelta\n\nnow = datetime.now() + timedelta(1)\n",
        ),
        Example(
            "from random import random\n\nn = random.randint(1, 6)\n", "import random\n\nn = random.randint(1, 6)\n"
        ),
        Example(
            "from time import time, strftime\n\ntime.sleep(1)\n", "from time import sleep, time, strftime\n\nsleep(1)\n"
        ),
    ],
    leaves=["from datetime import datetime\n\nnow = datetime.nwo()\n"],
)
def ask_module(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Import `datetime`, not `datetime` from it" and "Replace `datetime.timedelta` with
    `timedelta`"."""
    tree = reference_tree(context)
    here = expression_at(tree, context.problem.span)
    if not isinstance(here, ast.Attribute) or not isinstance(here.value, ast.Name):
        return
    member, name = tree.dotted(here.value), here.value.id
    module = module_for(member, here.attr) if member else ""
    if not module:
        return
    reads = [node for node in tree.all(ast.Attribute) if isinstance(node.value, ast.Name) and node.value.id == name]
    asked = [node for node in reads if module_for(member, node.attr) == module]
    if here.attr == name:
        same = [node for node in asked if node.attr == name]
        edits = tuple(Edit(tree.span(node), name) for node in same)
        many = f" ({len(edits)} places)" if len(edits) > 1 else ""
        yield Candidate(edits, f"Replace `{name}.{name}` with `{name}`{many}")
    if len(asked) == len(tree.names(name)) and name == module.rpartition(".")[2]:
        yield from _with_module(context, module, name)
    elif here.attr != name:
        yield from _by_name(context, tree, module, [node for node in asked if node.attr == here.attr], here.attr)


def _with_module(context: Context, module: str, name: str) -> Iterator[Candidate]:
    """Import the module in place of its member."""
    text = context.snapshot.text
    statement = imported_from(text, module, name)
    edits = exchanged_name(text, statement, name, {(module, ""): None}) if statement is not None else None
    if edits:
        yield Candidate(tuple(sorted(edits)), f"Import the module `{module}`, not its `{name}`")


def _by_name(
    context: Context, tree: ReferenceTree, module: str, nodes: list[ast.Attribute], name: str
) -> Iterator[Candidate]:
    """Import the member, and read it by its name alone."""
    if name in tree.bound_otherwise or tree.imports.get(name, f"{module}.{name}") != f"{module}.{name}":
        return
    needed = {} if name in tree.imports else {(module, name): None}
    edits = [Edit(tree.span(node), name) for node in nodes]
    added = import_edits(context, needed)
    yield Candidate(tuple(sorted([*edits, *added])), f"Replace `{tree.source(nodes[0])}` with `{name}`")
