"""Import a well-known module of which the code reads members that it has."""

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
        Example("print(math.pi)\n", "import math\n\nprint(math.pi)\n"),
        Example("import os\n\nx = np.zeros(3)\n", "import os\nimport numpy as np\n\nx = np.zeros(3)\n"),
        Example("p = xml.dom.minidom.parse('a')\n", "import xml.dom.minidom\n\np = xml.dom.minidom.parse('a')\n"),
        Example("print(os.path.sep)\n", "import os\n\nprint(os.path.sep)\n"),
    ],
    leaves=[
        "print(math.nothing)\n",
        "print(json)\n",
        "tabulate.nothing()\n",
        "import pandas\n\nx = pd.DataFrame()\n",
        "from itertools import chain\n\nx = itertools.chain([], [])\n",
        "def f(json):\n    return json.loads\n\n\nprint(json.loads(0))\n",
    ],
)
def import_used_module(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Import `math`" or "Import `numpy` as `np`"."""
    for way, edit in import_ways(context) if context.problem.name else ():
        if certainty(context, way) == "used module":
            yield Candidate((edit,), import_title(way))
