"""Which kinds of code action a request admits: kinds are a hierarchy of dotted names."""

from __future__ import annotations

from collections.abc import Sequence

QUICK_FIX = "quickfix"
FIX_ALL = "source.fixAll.quickfix-ls"


def admits(only: Sequence[str] | None, kind: str) -> bool:
    """Whether `context.only` lets an action of `kind` through.

    `quickfix` admits `quickfix.x`, not the other way round; the empty kind admits all; no list, or an empty
    one, means quick fixes.
    """
    return any(not asked or kind == asked or kind.startswith(asked + ".") for asked in only or (QUICK_FIX,))


def asks_for_quick_fixes(only: Sequence[str] | None) -> bool:
    """Whether somebody asked for quick fixes by name, and so deserves to hear why there is none."""
    return QUICK_FIX in (only or ())
