"""Import the module below a package that the package does not import itself: `import xml` becomes
`import xml.etree.ElementTree`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.runs.facts import Facts
from quickfix_ls.values import Candidate, Edit, Span


@fixer(
    handles=RUN,
    errors=("AttributeError",),
    examples=[
        Example(
            "import xml\n\n$0root = xml.etree.ElementTree.fromstring(text)\n",
            "import xml.etree.ElementTree\n\nroot = xml.etree.ElementTree.fromstring(text)\n",
            ("", "AttributeError", "AttributeError: module 'xml' has no attribute 'etree'"),
            Facts("module", module="xml.etree.ElementTree"),
        )
    ],
)
def import_submodule(context: Context) -> Iterator[Candidate]:
    module, tree = context.problem.facts.module, file_tree_of(context)
    if not module or "has no attribute" not in context.problem.message:
        return
    package = module.partition(".")[0]
    for statement in tree.all(ast.Import):
        for alias in statement.names:
            if alias.name != package:
                continue
            if alias.asname is None:
                edit = Edit(tree.span(alias), module)
            else:
                end = tree.span(statement).end
                edit = Edit(Span(end, end), f"\nimport {module}")
            yield Candidate((edit,), f"Import `{module}`")
            return
