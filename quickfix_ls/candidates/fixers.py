"""Fixers, one file each, found by their place: `languages/<language>/fixers/<theme>/<verb>_<thing>.py` holds one
`@fixer` function."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from quickfix_ls.context import Context
from quickfix_ls.problems.kinds import NAME
from quickfix_ls.values import Candidate, Problem, ProblemKind

Propose = Callable[[Context], Iterator[Candidate]]


@dataclass(frozen=True, slots=True)
class Example:
    """A broken text and what the fixer makes of it: both the fixer's documentation and its test.

    The place is where our analysis finds the problem, but for problems that only a checker can tell: `said` is its
    diagnostic, as (name of the checker, code, message), and `before` holds one `$0` where that begins.
    `after` must be among the candidates of this fixer.
    """

    before: str
    after: str
    said: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Fixer:
    """A pure function from a context to candidates: total, deterministic, no I/O, no clock.

    `errors` are the types of the problems that it is for; any, where there are none. One that `translates` says the
    same in today's Python, token by token: whether a person would rather have written something else is no
    objection to it. `leaves` are texts with a problem that it takes, for which it must propose nothing: the cases
    that look like its own."""

    name: str
    handles: tuple[ProblemKind, ...]
    errors: frozenset[str]
    examples: tuple[Example, ...]
    propose: Propose
    translates: bool = False
    leaves: tuple[str, ...] = ()

    def takes(self, problem: Problem) -> bool:
        """Whether it is for such a problem."""
        return problem.kind in self.handles and (not self.errors or problem.code in self.errors)

    @property
    def source(self) -> str:
        return f"fixer:{self.name}"


def fixer(
    *,
    handles: ProblemKind | tuple[ProblemKind, ...],
    examples: list[Example],
    errors: tuple[str, ...] = (),
    translates: bool = False,
    leaves: Sequence[str] = (),
) -> Callable[[Propose], Fixer]:
    """Make a fixer of a function; its name is the function's, and the file's. A fixer of names is for undefined ones
    (`NameError`) unless it says otherwise."""
    kinds = (handles,) if isinstance(handles, str) else handles
    wanted = errors or (("NameError",) if handles == NAME else ())

    def wrap(function: Propose) -> Fixer:
        return Fixer(
            function.__name__,
            kinds,
            frozenset(wanted),
            tuple(examples),
            function,
            translates,
            tuple(leaves),
        )

    return wrap


@dataclass(frozen=True, eq=False)
class Fixers:
    """A language's fixers: `package` is the import name of the package in which they lie, in a package for each
    theme."""

    package: str


@cache
def all_fixers(own: Fixers) -> tuple[Fixer, ...]:
    """Every fixer of a language, by name."""
    package = importlib.import_module(own.package)
    found = (
        value
        for module in pkgutil.walk_packages(package.__path__, f"{own.package}.")
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, Fixer)
    )
    return tuple(sorted(set(found), key=lambda fixer: fixer.name))
