"""Qualify a name with the imported module that it belongs to: `sqrt(2)` becomes `math.sqrt(2)` if the file has
`import math`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_sources import owning_modules, written_prefixes
from quickfix_ls.languages.python.fixers.name_changes import replace_uses
from quickfix_ls.languages.python.fixers.name_places import NamePlace, place_of
from quickfix_ls.values import Candidate

_MAX_MODULES = 3
_INSTANCES = frozenset({"self", "cls"})


@fixer(
    handles="name",
    examples=[
        Example("import math\nprint(sqrt(2))\n", "import math\nprint(math.sqrt(2))\n"),
        Example("import os\nprint(join('a', 'b'))\n", "import os\nprint(os.path.join('a', 'b'))\n"),
        Example("import numpy as np\nx = zeros(3)\n", "import numpy as np\nx = np.zeros(3)\n"),
        Example(
            "import shop\n\nshop.order(1)\nshop.bill(order(2))\n",
            "import shop\n\nshop.order(1)\nshop.bill(shop.order(2))\n",
        ),
        Example(
            "def f(actor):\n    if actor.queue:\n        queue.close()\n",
            "def f(actor):\n    if actor.queue:\n        actor.queue.close()\n",
        ),
    ],
    leaves=["def f(self):\n    return self.size + size\n", "def f():\n    return a.size + size\n"],
)
def qualify_name(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Replace `sqrt` with `math.sqrt`": with the modules that have the name, and with what
    other code of the file reads it from."""
    name = context.problem.name
    place = place_of(context)
    written = [prefix for prefix in written_prefixes(context.snapshot.text, name) if _is_readable(place, prefix)]
    for owner in dict.fromkeys([*owning_modules(context)[:_MAX_MODULES], *written[:_MAX_MODULES]]):
        yield from replace_uses(context, f"{owner}.{name}")


def _is_readable(place: NamePlace, prefix: str) -> bool:
    """Return whether a dotted prefix can be read at a place; members of `self` alone are for `add_self`."""
    first = prefix.partition(".")[0]
    return prefix not in _INSTANCES and place.binds(first)
