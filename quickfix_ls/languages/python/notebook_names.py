"""Names that the kernel of a notebook gives to every cell."""

from __future__ import annotations

import re

_GIVEN = frozenset(
    {"In", "Out", "_", "__", "___", "_dh", "_exit_code", "_i", "_ih", "_ii", "_iii", "_oh", "dbutils", "display",
     "displayHTML", "exit", "get_ipython", "quit", "sc", "spark", "sqlContext"}
)  # fmt: skip
_NUMBERED = re.compile(r"_i?\d+")


def is_given(name: str) -> bool:
    """Whether IPython, or a kernel for Spark, gives a name to every cell."""
    return name in _GIVEN or _NUMBERED.fullmatch(name) is not None
