"""Whether a candidate may be shown. Nothing that is refused here is ever offered.

Each check is one file with one function `check(change)`, which answers in plain words: what was verified, or why the
change is refused. Checks are found by their place; their order does not matter, since all must pass.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
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
    for check, stepwise in all_checks():
        if scope != "all" and stepwise != (scope == "step"):
            continue
        try:
            checks.append(check(change))
        except Refused as refused:
            return Verdict(tuple(filter(None, checks)), str(refused))
    return Verdict(tuple(filter(None, checks)))


@cache
def all_checks() -> tuple[tuple[Check, bool], ...]:
    """Every check with its STEPWISE, the cheap ones first (by the module's COST, in no unit)."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    checking = [module for module in modules if hasattr(module, "check")]
    return tuple((module.check, module.STEPWISE) for module in sorted(checking, key=lambda module: module.COST))
