"""Derive the rules for one file from the settings."""

from __future__ import annotations

from typing import NamedTuple

from quickfix_ls.settings.globs import fits
from quickfix_ls.settings.schema import Settings
from quickfix_ls.values import ProblemKind

ALL = "all"


class Rules(NamedTuple):
    """The offers that are permitted in one file. A named tuple, since it is sent to the worker with every request.

    `silent` permits no offers at all; with `min_probability` None, the model's own threshold applies; `never` are keys
    of changes that the user refused (`quickfix_ls.refused_changes`); `only_fixer` and `kinds`, if not empty, permit
    only the offers of that fixer, or for those kinds of problems.
    """

    disabled_fixers: frozenset[str] = frozenset()
    silent: bool = False
    min_probability: float | None = None
    never: frozenset[str] = frozenset()
    only_fixer: str = ""
    kinds: tuple[ProblemKind, ...] = ()


def rules_for(settings: Settings, path: str) -> Rules:
    """Return the rules for the file at `path`, an absolute path; `perPath` does not apply if `path` is empty."""
    here = [names for glob, names in settings.per_path if path and fits(glob, path)]
    disabled = frozenset(settings.disabled_fixers).union(*here)
    return Rules(disabled - {ALL}, ALL in disabled, settings.min_probability)


def named_fixers(settings: Settings) -> list[str]:
    """Return the name of every fixer that the settings switch off for any file."""
    names = [*settings.disabled_fixers, *(name for _, names in settings.per_path for name in names)]
    return [name for name in dict.fromkeys(names) if name != ALL]


def is_excluded(settings: Settings, path: str) -> bool:
    """Return whether the command line skips the file at `path`, an absolute path, when it searches a folder."""
    return any(fits(glob, path) for glob in settings.exclude)
