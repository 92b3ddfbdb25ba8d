"""Realistic faults in valid queries, each a `@fault` function in a module of this folder.

A fault takes a valid query with its schema and a random generator, and returns a pair of texts: the broken one, and the
right one that a person would want back. That is mostly the query itself; a fault that is a habit of another dialect
first puts the construct into the query. It returns None if the query has no place for it. Whether an engine really
refuses the broken text is for the caller to check.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import NamedTuple

from quickfix_ls.languages.sql.breaking.query import Query


class Pair(NamedTuple):
    """A text with a fault, and the right text."""

    broken: str
    fixed: str


class Planted(NamedTuple):
    """A pair of texts, and the names of the faults in the broken one."""

    broken: str
    fixed: str
    faults: tuple[str, ...]


Fault = Callable[[Query, Random], "Pair | str | None"]
"""A function that breaks a query: it returns a pair, or only the broken text if the query is the right one."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A fault and how often it is made, relative to others."""

    make: Fault
    weight: float


_FAULTS: dict[str, Weighted] = {}


def fault(weight: float) -> Callable[[Fault], Fault]:
    """Register a function with its weight. The weights are set by hand, by how often such errors are made."""

    def enter(function: Fault) -> Fault:
        _FAULTS[function.__name__] = Weighted(function, weight)
        return function

    return enter


@cache
def all_faults() -> dict[str, Weighted]:
    """Return all faults by their names, sorted, so that the same seed makes the same faults."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_FAULTS.items()))


def drawn(rng: Random, names: Sequence[str] = ()) -> str:
    """Return the name of a fault, drawn by its weight from `names`, or from all."""
    known = all_faults()
    chosen = list(names) or list(known)
    return rng.choices(chosen, [known[name].weight for name in chosen])[0]


def planted(query: Query, rng: Random, name: str) -> Planted | None:
    """Break a query by the fault with a name; None if it finds no place."""
    made = all_faults()[name].make(query, rng)
    if made is None:
        return None
    pair = Pair(made, query.text) if isinstance(made, str) else made
    return None if pair.broken == pair.fixed else Planted(*pair, (name,))
