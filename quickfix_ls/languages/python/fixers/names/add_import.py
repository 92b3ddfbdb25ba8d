"""Import the module or module member that an undefined name most likely refers to."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_ways import import_ways
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.languages.python.project.importable import Importable
from quickfix_ls.values import Candidate

_AUGMENTED_ASSIGNMENTS = frozenset({"+=", "-=", "*=", "/=", "//=", "%=", "|=", "&="})


@fixer(
    handles="name",
    examples=[
        Example("print(math.pi)\n", "import math\n\nprint(math.pi)\n"),
        Example("import os\n\nx = np.zeros(3)\n", "import os\nimport numpy as np\n\nx = np.zeros(3)\n"),
        Example('"""Doc."""\n\nd = deque()\n', '"""Doc."""\n\nfrom collections import deque\n\nd = deque()\n'),
        Example("from math import pi\nprint(sqrt(pi))\n", "from math import pi, sqrt\nprint(sqrt(pi))\n"),
        Example(
            "from os import path, remove\nmakedirs('a')\n", "from os import makedirs, path, remove\nmakedirs('a')\n"
        ),
        Example("t = datetime.now()\n", "from datetime import datetime\n\nt = datetime.now()\n"),
        Example("p = xml.dom.minidom.parse('a')\n", "import xml.dom.minidom\n\np = xml.dom.minidom.parse('a')\n"),
        Example("print(os.path.sep)\n", "import os\n\nprint(os.path.sep)\n"),
        Example("inspect.getargspec(print)\n", "import inspect\n\ninspect.getargspec(print)\n"),
    ],
    leaves=["math += 1\n"],
)
def add_import(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Import `sqrt` from `math`" or "Import `numpy` as `np`"."""
    name = context.problem.name
    if not name:
        return
    if _is_augmented(context):
        return
    for way, edit in import_ways(context):
        yield Candidate((edit,), _title(way))


def _is_augmented(context: Context) -> bool:
    """Return whether an augmented assignment changes the name, which suggests a variable rather than an import."""
    index = token_at(context)
    return (
        index is not None
        and index + 1 < len(context.tokens)
        and context.tokens[index + 1].text in _AUGMENTED_ASSIGNMENTS
    )


def _title(importable: Importable) -> str:
    if importable.member and importable.member != importable.name:
        return f"Import `{importable.member}` from `{importable.module}` as `{importable.name}`"
    if importable.member:
        return f"Import `{importable.member}` from `{importable.module}`"
    return (
        f"Import `{importable.module}`"
        if importable.statement == f"import {importable.module}"
        else f"Import `{importable.module}` as `{importable.name}`"
    )
