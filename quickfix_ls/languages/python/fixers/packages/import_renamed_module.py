"""Replace the misspelt name of a module with the right one: `import jsn` becomes `import json`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.module_renames import module_renames
from quickfix_ls.languages.python.fixers.name_context import visible_of
from quickfix_ls.languages.python.imports import import_at
from quickfix_ls.values import Candidate


@fixer(
    handles="name",
    errors=("ModuleNotFoundError",),
    examples=[
        Example("import jsn\n\nprint(jsn.dumps(1))\n", "import json\n\nprint(json.dumps(1))\n"),
        Example("from colections import deque, Counter\n", "from collections import deque, Counter\n"),
        Example("import nmupy as np\n\nx = np.zeros(3)\n", "import numpy as np\n\nx = np.zeros(3)\n"),
    ],
)
def import_renamed_module(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for each module that may be meant, which uses its name throughout the file."""
    old = context.problem.name
    statement = import_at(context.snapshot.text, context.problem.span.start)
    if statement is None or not old:
        return
    for new in dict.fromkeys([*context.problem.hints, *(visible.name for visible in visible_of(context))]):
        changes = module_renames(context, statement, old, lambda dotted, new=new: new + dotted[len(old) :])  # type: ignore[misc]
        for change in changes:
            yield Candidate(change.edits, change.title)
            break
