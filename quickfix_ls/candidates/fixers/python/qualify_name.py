"""Put the module before a name that the file imports only as a part of that module."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.candidates.names import replace_reads
from quickfix_ls.context import Context
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.values import Candidate

_MOST = 3


@fixer(
    handles="name",
    needs=("importables",),
    examples=[
        Example("import math\nprint(sqrt(2))\n", "import math\nprint(math.sqrt(2))\n"),
        Example("import numpy as np\nx = zeros(3)\n", "import numpy as np\nx = np.zeros(3)\n"),
        Example(
            "import shop\n\nshop.order(1)\nshop.bill(order(2))\n",
            "import shop\n\nshop.order(1)\nshop.bill(shop.order(2))\n",
        ),
    ],
)
def qualify_name(context: Context) -> Iterator[Candidate]:
    """``Replace `sqrt` with `math.sqrt` ``"""
    name = context.problem.name
    if not name:
        return
    imported = import_block(context.snapshot.text).modules
    if not imported:
        return
    holders = context.importables.modules_with(name) if context.importables is not None else []
    ranked = [alias for holder in holders for alias, module in imported.items() if module == holder]
    # What the code around it does is as good as a table.
    seen = re.findall(rf"(?<![\w.])([^\W\d]\w*)\.{re.escape(name)}\b", context.region.text)
    ranked += [alias for alias in seen if alias in imported]
    for alias in list(dict.fromkeys(ranked))[:_MOST]:
        yield from replace_reads(context, f"{alias}.{name}")
