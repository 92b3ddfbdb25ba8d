"""Whether a candidate may be shown. Nothing that is refused here is ever offered.

Each check is one file with one function `check(change)`, which answers in plain words: what was verified, or why the
change is refused. Its module says at which STAGE it is run: "step" on every change of a region, "repair" on a change
after which the region is complete, "offer" on what is about to be shown. Checks are found by their place; their order
does not matter, since all must pass.
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
    """Run the checks of these stages, each once and the cheap ones first.

    The verdict holds what was verified, up to the first refusal where there is one.
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
    """A language's own checks: `package` is the import name of the package that holds them, one a module."""

    package: str


@cache
def all_checks(own: Checks) -> tuple[tuple[Stage, Check], ...]:
    """Every check, for any language and of this one, with its stage, the cheap ones first (by the module's COST, in no
    unit)."""
    modules = [module for name in (__name__, own.package) for module in _modules_in(name)]
    checking = [module for module in modules if hasattr(module, "check")]
    return tuple((module.STAGE, module.check) for module in sorted(checking, key=lambda module: module.COST))


@cache
def _checks_of(own: Checks, stages: tuple[Stage, ...]) -> tuple[Check, ...]:
    return tuple(check for stage, check in all_checks(own) if stage in stages)


def _modules_in(package: str) -> list[ModuleType]:
    path = importlib.import_module(package).__path__
    return [importlib.import_module(f"{package}.{found.name}") for found in pkgutil.iter_modules(path)]
