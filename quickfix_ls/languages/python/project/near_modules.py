"""Modules that a missing one may be meant for: of nearly the same name, with the members that the code uses of it."""

from __future__ import annotations

import re
import sys

from rapidfuzz.distance import OSA

from quickfix_ls.languages.python.imports import import_at
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.languages.python.project.stdlib_history import is_former_module

_SHORTEST = 4


def near_modules(text: str, position: int, name: str) -> list[str]:
    """Return the modules of the standard library that differ from a missing module by one letter, if they are known to
    have what the import statement at a position takes from it, and what the file reads from it; none if that is
    nothing."""
    if len(name) < _SHORTEST or is_former_module(name) or name in sys.stdlib_module_names:
        return []
    statement = import_at(text, position)
    wanted = {member for member, _ in statement.names} if statement is not None and statement.module == name else set()
    wanted |= set(re.findall(rf"(?<![\w.]){re.escape(name)}\.([^\W\d]\w*)", text))
    near = [module for module in sorted(sys.stdlib_module_names) if not module.startswith("_")]
    near = [module for module in near if OSA.distance(name, module, score_cutoff=1) <= 1]
    return [module for module in near if wanted and wanted <= (module_members(module) or frozenset())]
