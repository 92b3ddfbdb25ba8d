"""Names that fixers and ranking measures need for a problem, each computed once per context."""

from __future__ import annotations

from collections.abc import Mapping

from quickfix_ls.context import Context
from quickfix_ls.languages.python.facts import environment_of, imported_modules
from quickfix_ls.languages.python.names.visible import VisibleName, visible_names
from quickfix_ls.languages.python.project.importable import Importable, Importables
from quickfix_ls.problems.kinds import kind_of

_NAME_ERRORS = frozenset({"AttributeError", "ImportError", "ModuleNotFoundError", "NameError", "TypeError"})
"""Error codes whose problem is an identifier that another identifier can replace."""


def visible_of(context: Context) -> tuple[VisibleName, ...]:
    """Return the names that could replace the problem's name (see `visible_names`); empty if the problem does not
    concern a name."""
    return context.derived(_visible)


def importable_of(context: Context) -> list[Importable]:
    """Return the ways to import the problem's name, the most common first."""
    return context.derived(_importable)


def importables_of(context: Context) -> Importables:
    """Return the index of importable names for the file's environment."""
    return environment_of(context.index).importables


def imported_of(context: Context) -> Mapping[str, str]:
    """Return the imported names of the file, each mapped to the module or module member that it stands for."""
    return imported_modules(context.index)


def _visible(context: Context) -> tuple[VisibleName, ...]:
    problem = context.problem
    if kind_of(problem).proof != "analysis" or problem.code not in _NAME_ERRORS:
        return ()
    return visible_names(context.index, context.region, problem)


def _importable(context: Context) -> list[Importable]:
    near = tuple(sorted(set(imported_of(context).values())))
    return importables_of(context).for_name(context.problem.name, near=near)
