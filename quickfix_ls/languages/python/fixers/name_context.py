"""What fixers and measures of names know of the names around a problem: worked out once for each context."""

from __future__ import annotations

from collections.abc import Mapping

from quickfix_ls.context import Context
from quickfix_ls.languages.python.facts import environment_of, imported_modules
from quickfix_ls.languages.python.names.visible import VisibleName, visible_names
from quickfix_ls.languages.python.project.importable import Importable, Importables
from quickfix_ls.problems.kinds import kind_of

_NAMED = frozenset({"AttributeError", "ImportError", "ModuleNotFoundError", "NameError", "TypeError"})
"""The errors that name an identifier in the place of which another one can stand."""


def visible_of(context: Context) -> tuple[VisibleName, ...]:
    """The names that could replace the problem's, see `visible_names`; none where the problem is not one of names."""
    return context.derived(_visible)


def importable_of(context: Context) -> list[Importable]:
    """The ways to import the problem's name, the most common first."""
    return context.derived(_importable)


def importables_of(context: Context) -> Importables:
    """The index of importable names of the file's environment."""
    return environment_of(context.index).importables


def imported_of(context: Context) -> Mapping[str, str]:
    """The modules, or what is in one, that names of the file stand for."""
    return imported_modules(context.index)


def _visible(context: Context) -> tuple[VisibleName, ...]:
    problem = context.problem
    if kind_of(problem).proof != "analysis" or problem.code not in _NAMED:
        return ()
    return visible_names(context.index, context.region, problem)


def _importable(context: Context) -> list[Importable]:
    near = tuple(sorted(set(imported_of(context).values())))
    return importables_of(context).for_name(context.problem.name, near=near)
