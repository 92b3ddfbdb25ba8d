"""Errors of an everyday hour, each an `@everyday` function in a module of this folder.

A function takes correct code and a random generator, and returns a `Pair` of the broken and the right source text, or
None if the code has no place for the error. The right text may differ from the code that was taken, where most code has
no such place (few strings hold an apostrophe): it is prepared first, then broken. The counted mix of the faults that
`breaking` makes has few of these errors, since its sources are questions about harder ones.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from random import Random
from typing import NamedTuple

from quickfix_ls.languages.python.breaking import Code


class Pair(NamedTuple):
    """A broken text, and the text that a sensible programmer makes of it.

    `error` is Python's message, with the exception's name, where only running the code shows the error; `line` is its
    line, from 1.
    """

    broken: str
    fixed: str
    error: str = ""
    line: int = 0


Everyday = Callable[[Code, Random], "Pair | None"]


def everyday(function: Everyday) -> Everyday:
    """Register a function under its name."""
    _FAULTS[function.__name__] = function
    return function


@cache
def all_everyday() -> dict[str, Everyday]:
    """Return every function, by name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_FAULTS.items()))


_FAULTS: dict[str, Everyday] = {}
