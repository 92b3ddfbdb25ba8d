"""Replace a misspelt imported name by an existing one, in its import and where it is read:
`from random import randit` becomes `from random import randint`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_context import visible_of
from quickfix_ls.languages.python.fixers.reference_trees import reference_tree
from quickfix_ls.languages.python.imports import import_at
from quickfix_ls.languages.python.names.near_names import nearest
from quickfix_ls.values import Candidate, Edit, Safety


@fixer(
    handles="name",
    errors=("ImportError",),
    examples=[
        Example("from collections import OrderdDict\n", "from collections import OrderedDict\n"),
        Example(
            "from random import randit\n\nprint(randit(1, 6))\n", "from random import randint\n\nprint(randint(1, 6))\n"
        ),
        Example(
            "from random import randit as roll\n\nprint(roll(1, 6))\n",
            "from random import randint as roll\n\nprint(roll(1, 6))\n",
        ),
        Example(
            "from random import randit\n\nprint(randint(1, 6))\n",
            "from random import randint\n\nprint(randint(1, 6))\n",
        ),
    ],
)
def rename_imported(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Import `randint` in place of `randit`"."""
    name, span = context.problem.name, context.problem.span
    statement = import_at(context.snapshot.text, span.start)
    if statement is None or context.snapshot.text[span.start : span.end] != name:
        return
    tree = reference_tree(context)
    is_bound = (name, name) in statement.names and name not in tree.bound_otherwise
    reads = [tree.span(node) for node in tree.names(name)] if is_bound else []
    near = nearest(name, (visible.name for visible in visible_of(context)))
    # A problem that only another tool reports cannot be checked here, so a person should review the fix.
    safety: Safety = "needs-a-look" if context.problem.origin.startswith("client") else "safe"
    for new in dict.fromkeys([*context.problem.hints, *near]):
        if new.startswith("_") and not name.startswith("_"):
            continue
        edits = tuple(sorted(Edit(place, new) for place in {span, *reads}))
        many = f" ({len(edits)} places)" if len(edits) > 1 else ""
        yield Candidate(edits, f"Import `{new}` in place of `{name}`{many}", safety=safety)
