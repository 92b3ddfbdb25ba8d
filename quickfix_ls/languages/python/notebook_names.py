"""Names that the kernel of a notebook defines in every cell."""

from __future__ import annotations

import re

_GIVEN = frozenset(
    {"In", "Out", "_", "__", "___", "_dh", "_exit_code", "_i", "_ih", "_ii", "_iii", "_oh", "dbutils", "display",
     "displayHTML", "exit", "get_ipython", "quit", "sc", "spark", "sqlContext"}
)  # fmt: skip
_NUMBERED = re.compile(r"_i?\d+")


def is_given(name: str) -> bool:
    """Return whether IPython, or a Spark kernel, defines a name in every cell."""
    return name in _GIVEN or _NUMBERED.fullmatch(name) is not None
