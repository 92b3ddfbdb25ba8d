"""Import a member of a module from which nearly all code imports it."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_certainty import certainty
from quickfix_ls.languages.python.fixers.import_ways import import_title, import_ways
from quickfix_ls.values import Candidate


@fixer(
    handles="name",
    certain=True,
    examples=[
        Example("from math import pi\nprint(sqrt(pi))\n", "from math import pi, sqrt\nprint(sqrt(pi))\n"),
        Example(
            "from os import path, remove\nmakedirs('a')\n", "from os import makedirs, path, remove\nmakedirs('a')\n"
        ),
        Example(
            '"""Doc."""\n\nd = defaultdict(list)\n',
            '"""Doc."""\n\nfrom collections import defaultdict\n\nd = defaultdict(list)\n',
        ),
        Example(
            "def f(path: Path):\n    return path\n",
            "from pathlib import Path\n\n\ndef f(path: Path):\n    return path\n",
        ),
        Example(
            "from typing import Any\n\n\ndef f(x: Optional[Any]):\n    return x\n",
            "from typing import Any, Optional\n\n\ndef f(x: Optional[Any]):\n    return x\n",
        ),
    ],
    leaves=[
        "kernel = Any()\n",
        "import sympy\n\nx = sympy.pi + Symbol('y')\n",
        "x = pi\n",
        "print(search('a'))\n",
        "def f(defaultdict=None):\n    return g(defaultdict)\n",
    ],
)
def import_usual_member(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Import `defaultdict` from `collections`"."""
    for way, edit in import_ways(context) if context.problem.name else ():
        if certainty(context, way) == "usual member":
            yield Candidate((edit,), import_title(way))
