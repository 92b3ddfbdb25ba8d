"""The references of a unit, collected in one walk over its syntax tree."""

from __future__ import annotations

from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.languages.python.members.reference_walk import Walk
from quickfix_ls.languages.python.members.references import NOTHING, UnitUses
from quickfix_ls.languages.python.members.visitors import VISITORS
from quickfix_ls.languages.python.quiet_parse import module_of


def uses_of(text: str, prefix: str = "", suffix: str = "") -> UnitUses:
    """Return the references of a unit that compiles between the lines `prefix` and `suffix`. Never raises; source that
    does not parse has none."""
    source = prefix + text + suffix
    tree = module_of(source)
    if tree is None:
        return NOTHING
    return Walk(tree, VISITORS, prefix.count("\n")).result(Places(source), len(prefix))
