"""The registry of fixers. Each is a module `languages/<language>/fixers/<theme>/<verb>_<thing>.py` with one `@fixer`
function; all modules in these folders are found automatically."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from quickfix_ls.context import Context
from quickfix_ls.problems.kinds import NAME
from quickfix_ls.runs.facts import NO_FACTS, Facts
from quickfix_ls.values import Candidate, Problem, ProblemKind

Propose = Callable[[Context], Iterator[Candidate]]


@dataclass(frozen=True, slots=True)
class Example:
    """Source text before and after a fix; it serves as the fixer's documentation and as its test.

    `after` must be among the fixer's candidates for `before`. Usually our own analysis finds the problem in `before`.
    For a problem that only a checker can find, `reported` is the checker's diagnostic, as (name of the checker, code,
    message), and `before` contains `$0` at the diagnostic's start; `facts` are what the program knew that failed so.
    """

    before: str
    after: str
    reported: tuple[str, str, str] | None = None
    facts: Facts = NO_FACTS


@dataclass(frozen=True, slots=True)
class Fixer:
    """A pure function from a context to candidates: it never raises, is deterministic, and uses no I/O and no clock.

    `handles` are the kinds of problems that it is for, and `errors` their codes (any code if empty). `translates` marks
    a fixer that replaces outdated syntax by its present equivalent, token by token; such a fix is right regardless of
    what the author might have preferred to write. `leaves` are negative examples: source texts with a problem that it
    handles, for which it must propose nothing. A `certain` fixer proposes only where little else can be meant, so that
    its fixes may be preferred where those of another fixer are not; it is the first source of a fix that both propose.
    """

    name: str
    handles: tuple[ProblemKind, ...]
    errors: frozenset[str]
    examples: tuple[Example, ...]
    propose: Propose
    translates: bool = False
    leaves: tuple[str, ...] = ()
    certain: bool = False

    def takes(self, problem: Problem) -> bool:
        """Return whether the fixer handles a problem of this kind and code."""
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
    certain: bool = False,
) -> Callable[[Propose], Fixer]:
    """Decorate a function as a fixer; the fixer's name is that of the function, and of its file.

    Without `errors`, a fixer for names handles undefined ones only (`NameError`); a fixer for other kinds, any code.
    """
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
            certain,
        )

    return wrap


@dataclass(frozen=True, eq=False)
class Fixers:
    """A language's fixers: `package` is the import name of their package, which has a subpackage for each theme."""

    package: str


@cache
def all_fixers(own: Fixers) -> tuple[Fixer, ...]:
    """Return every fixer of a language, the certain ones first, each sort by name."""
    package = importlib.import_module(own.package)
    found = (
        value
        for module in pkgutil.walk_packages(package.__path__, f"{own.package}.")
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, Fixer)
    )
    return tuple(sorted(set(found), key=lambda fixer: (not fixer.certain, fixer.name)))
