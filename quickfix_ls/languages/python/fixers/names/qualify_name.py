"""Qualify a name with the imported module that it belongs to: `sqrt(2)` becomes `math.sqrt(2)` if the file has
`import math`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_sources import owning_modules
from quickfix_ls.languages.python.fixers.name_changes import replace_uses
from quickfix_ls.values import Candidate

_MAX_MODULES = 3


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
    """Yield candidates titled "Replace `sqrt` with `math.sqrt`"."""
    for owner in owning_modules(context)[:_MAX_MODULES]:
        yield from replace_uses(context, f"{owner}.{context.problem.name}")
