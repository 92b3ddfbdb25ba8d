"""Whether a candidate may be shown. Nothing that is refused here is ever offered.

Each check is one file with one function `check(change)`, which answers in plain words: what was verified, or why the
change is refused. Checks are found by their place; their order does not matter, since all must pass.
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
Scope = Literal["all", "step", "whole"]


def validate(change: Change, scope: Scope = "all") -> Verdict:
    """Run the checks; the verdict holds the first refusal, or what was verified.

    `scope` "step" leaves out what can't hold yet while an error further down is left; "whole", for a repair of several
    steps, what was verified for each of them (a check's module says STEPWISE).
    """
    checks = []
    for check, stepwise in all_checks(change.analysis.language.part(Checks)):
        if scope != "all" and stepwise != (scope == "step"):
            continue
        try:
            checks.append(check(change))
        except Refused as refused:
            return Verdict(tuple(filter(None, checks)), str(refused))
    return Verdict(tuple(filter(None, checks)))


@dataclass(frozen=True, eq=False)
class Checks:
    """A language's own checks: `package` is the import name of the package that holds them, one a module."""

    package: str


@cache
def all_checks(own: Checks) -> tuple[tuple[Check, bool], ...]:
    """Every check, for any language and of this one, with its STEPWISE, the cheap ones first (by the module's COST, in
    no unit)."""
    modules = [module for name in (__name__, own.package) for module in _modules_in(name)]
    checking = [module for module in modules if hasattr(module, "check")]
    return tuple((module.check, module.STEPWISE) for module in sorted(checking, key=lambda module: module.COST))


def _modules_in(package: str) -> list[ModuleType]:
    path = importlib.import_module(package).__path__
    return [importlib.import_module(f"{package}.{found.name}") for found in pkgutil.iter_modules(path)]
