"""What the settings mean for one file."""

from __future__ import annotations

from typing import NamedTuple

from quickfix_ls.settings.globs import fits
from quickfix_ls.settings.schema import Settings
from quickfix_ls.values import ProblemKind

ALL = "all"


class Rules(NamedTuple):
    """What may be offered in one file. A named tuple, since it goes to the worker with every question.

    `silent` means nothing at all; `min_probability` None leaves it to the model; `never` are keys of refused
    changes (`quickfix_ls.refused_changes`); `only_fixer` and `kinds`, where not empty, let nothing else through.
    """

    disabled_fixers: frozenset[str] = frozenset()
    silent: bool = False
    min_probability: float | None = None
    never: frozenset[str] = frozenset()
    only_fixer: str = ""
    kinds: tuple[ProblemKind, ...] = ()


def rules_for(settings: Settings, path: str) -> Rules:
    """The rules of the file at `path`, an absolute path; a document without one is ruled by what holds for all."""
    here = [names for glob, names in settings.per_path if path and fits(glob, path)]
    disabled = frozenset(settings.disabled_fixers).union(*here)
    return Rules(disabled - {ALL}, ALL in disabled, settings.min_probability)


def named_fixers(settings: Settings) -> list[str]:
    """Every name of a fixer that the settings switch off anywhere."""
    names = [*settings.disabled_fixers, *(name for _, names in settings.per_path for name in names)]
    return [name for name in dict.fromkeys(names) if name != ALL]


def is_excluded(settings: Settings, path: str) -> bool:
    """Whether the command line leaves the file at `path`, an absolute path, out of its folder."""
    return any(fits(glob, path) for glob in settings.exclude)
