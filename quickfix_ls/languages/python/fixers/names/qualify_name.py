"""Put the module before a name that the file imports only as a part of that module."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_sources import owners
from quickfix_ls.languages.python.fixers.name_changes import replace_reads
from quickfix_ls.values import Candidate

_MOST = 3


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
    ],
)
def qualify_name(context: Context) -> Iterator[Candidate]:
    """``Replace `sqrt` with `math.sqrt` ``"""
    for owner in owners(context)[:_MOST]:
        yield from replace_reads(context, f"{owner}.{context.problem.name}")
