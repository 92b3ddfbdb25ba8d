"""Ask the class for a member that its module lacks: `datetime.now()` becomes `datetime.datetime.now()` if the file has
`import datetime`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_changes import import_alias
from quickfix_ls.languages.python.fixers.reference_trees import ReferenceTree, expression_at, reference_tree
from quickfix_ls.languages.python.members.owner_confusions import class_for
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="name",
    errors=("AttributeError",),
    examples=[
        Example("import datetime\n\nnow = datetime.now()\n", "import datetime\n\nnow = datetime.datetime.now()\n"),
        Example("import datetime\n\nnow = datetime.now()\n", "from datetime import datetime\n\nnow = datetime.now()\n"),
        Example(
            "import datetime as dt\n\nday = dt.strptime(x, '%d')\nweek = dt.timedelta(7)\n",
            "import datetime as dt\n\nday = dt.datetime.strptime(x, '%d')\nweek = dt.timedelta(7)\n",
        ),
        Example("import pathlib\n\nhere = pathlib.cwd()\n", "import pathlib\n\nhere = pathlib.Path.cwd()\n"),
    ],
    leaves=["import datetime\n\nday = datetime.datetiem(2020, 1, 1)\n"],
)
def qualify_member(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Replace `datetime.now` with `datetime.datetime.now`"."""
    tree = reference_tree(context)
    here = expression_at(tree, context.problem.span)
    if not isinstance(here, ast.Attribute):
        return
    module, written = tree.dotted(here.value), tree.source(here.value)
    owner = class_for(module, here.attr) if module else ""
    if not owner:
        return
    reads = [node for node in _members(tree, module) if tree.source(node.value) == written]
    asked = [node for node in reads if class_for(module, node.attr) == owner]
    edits = tuple(Edit(tree.span(node.value), f"{written}.{owner}") for node in asked)
    many = f" ({len(edits)} places)" if len(edits) > 1 else ""
    yield Candidate(edits, f"Replace `{written}.{here.attr}` with `{written}.{owner}.{here.attr}`{many}")
    alias = import_alias(tree, module)
    others = (module_members(module) or frozenset()).intersection(node.attr for node in reads)
    if alias is not None and written == owner and not others:
        yield Candidate(
            (Edit(tree.span(alias), f"from {module} import {owner}"),),
            f"Import `{owner}` from `{module}`, not `{module}`",
        )


def _members(tree: ReferenceTree, module: str) -> list[ast.Attribute]:
    found = (node for node in tree.all(ast.Attribute) if isinstance(node.ctx, ast.Load))
    return [node for node in found if tree.dotted(node.value) == module]
