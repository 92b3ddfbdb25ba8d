"""Validate candidates. A candidate that is refused here is never offered.

Each check is one module with one function `check(change)`, which returns a phrase for what it verified (empty if
nothing is worth mentioning) or raises `Refused` with the reason. The module's STAGE says when the check is run: "step"
on every change of a region, "repair" on a change after which the region is well formed, "offer" on a repair that is
about to be shown. Every module of the package is found automatically; the order does not matter, since all must pass.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Literal

from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Verdict

Check = Callable[[Change], str]
Stage = Literal["step", "repair", "offer"]


def validate(change: Change, *stages: Stage) -> Verdict:
    """Run the checks of the given stages, each once and the cheap ones first.

    The verdict holds what was verified up to the first refusal, if there is one, and the reason for the refusal.
    """
    verified: list[str] = []
    for check in _checks_of(change.index.language.part(Checks), stages):
        try:
            verified.append(check(change))
        except Refused as refused:
            return Verdict(tuple(filter(None, verified)), str(refused))
    return Verdict(tuple(filter(None, verified)))


@dataclass(frozen=True, eq=False)
class Checks:
    """A language's own checks: `package` is the import name of the package that holds them, each in its own module."""

    package: str


@cache
def all_checks(own: Checks) -> tuple[tuple[Stage, Check], ...]:
    """Return every check with its stage, shared ones and a language's own, sorted by the COST of their modules.

    COST is a relative figure without a unit.
    """
    modules = [module for name in (__name__, own.package) for module in _modules_in(name)]
    checking = [module for module in modules if hasattr(module, "check")]
    return tuple((module.STAGE, module.check) for module in sorted(checking, key=lambda module: module.COST))


@cache
def _checks_of(own: Checks, stages: tuple[Stage, ...]) -> tuple[Check, ...]:
    return tuple(check for stage, check in all_checks(own) if stage in stages)


def _modules_in(package: str) -> list[ModuleType]:
    path = importlib.import_module(package).__path__
    return [importlib.import_module(f"{package}.{found.name}") for found in pkgutil.iter_modules(path)]
