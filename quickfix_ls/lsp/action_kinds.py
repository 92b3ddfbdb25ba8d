"""The kinds of code action, a hierarchy of dotted names, and the test which of them a request admits."""

from __future__ import annotations

from collections.abc import Sequence

QUICK_FIX = "quickfix"
FIX_ALL = "source.fixAll.quickfix-ls"


def admits(only: Sequence[str] | None, kind: str) -> bool:
    """Return whether `context.only` of a request admits actions of `kind`.

    `quickfix` admits `quickfix.x`, but not the other way round; the empty kind admits all kinds; a missing or empty
    list means quick fixes.
    """
    return any(not asked or kind == asked or kind.startswith(asked + ".") for asked in only or (QUICK_FIX,))


def asks_for_quick_fixes(only: Sequence[str] | None) -> bool:
    """Return whether a request names quick fixes explicitly, so that it gets a reason where there is none."""
    return QUICK_FIX in (only or ())
