"""Say what content a change removes, so that nobody accepts a deletion unread."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.validation.change import Change
from quickfix_ls.validation.content import Loss, removed_by

COST = 1
STAGE = "offer"

_SHOWN = 3
_MAX_LENGTH = 30


def check(change: Change) -> str:
    """Return a phrase for what the change removes: "removes `3`, the stray `def`"; empty if it keeps all content."""
    losses = removed_by(change)
    return f"removes {_listed(losses)}" if losses else ""


def _listed(losses: Sequence[Loss]) -> str:
    pieces = list(dict.fromkeys(map(_piece, losses)))
    left = len(pieces) - _SHOWN
    return ", ".join(pieces[:_SHOWN]) + (f" and {left} more" if left > 0 else "")


def _piece(loss: Loss) -> str:
    """Quote a removed piece; of a long one, its first and its last words."""
    first, *others = loss.text.split("\n")
    end = (others[-1] if others else first).strip()
    shown = f"`{first}`"
    if others or len(first) > _MAX_LENGTH:
        half = _MAX_LENGTH // 2
        shown = f"`{first[:half].rstrip()}` … `{end[-half:].lstrip()}`"
    return f"the stray {shown}" if loss.stray else shown
