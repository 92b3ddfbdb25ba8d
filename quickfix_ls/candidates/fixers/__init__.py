"""Fixers, one file each, found by their place: `fixers/<language>/<verb>_<thing>.py` holds one `@fixer` function."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from quickfix_ls.context import Context
from quickfix_ls.values import Candidate, Problem, ProblemKind

Need = Literal["visible", "importables"]
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
    needs: frozenset[Need]
    examples: tuple[Example, ...]
    propose: Propose
    translates: bool = False
    leaves: tuple[str, ...] = ()

    def takes(self, problem: Problem) -> bool:
        """Whether it is for such a problem."""
        return problem.kind in self.handles and (not self.errors or problem.error_type in self.errors)

    @property
    def source(self) -> str:
        return f"fixer:{self.name}"


def fixer(
    *,
    handles: ProblemKind | tuple[ProblemKind, ...],
    examples: list[Example],
    needs: tuple[Need, ...] = (),
    errors: tuple[str, ...] = (),
    translates: bool = False,
    leaves: Sequence[str] = (),
) -> Callable[[Propose], Fixer]:
    """Make a fixer of a function; its name is the function's, and the file's. A fixer of names is for undefined ones
    (`NameError`) unless it says otherwise."""
    kinds = (handles,) if isinstance(handles, str) else handles
    wanted = errors or (("NameError",) if handles == "name" else ())

    def wrap(function: Propose) -> Fixer:
        return Fixer(
            function.__name__,
            kinds,
            frozenset(wanted),
            frozenset(needs),
            tuple(examples),
            function,
            translates,
            tuple(leaves),
        )

    return wrap


@cache
def all_fixers(language: str = "python") -> tuple[Fixer, ...]:
    """Every fixer of a language, by name."""
    package = importlib.import_module(f"{__name__}.{language}")
    modules = (importlib.import_module(f"{package.__name__}.{m.name}") for m in pkgutil.iter_modules(package.__path__))
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Fixer))
    return tuple(sorted(set(found), key=lambda one: one.name))
