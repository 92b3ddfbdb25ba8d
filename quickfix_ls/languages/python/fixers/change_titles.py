"""Titles of fixes of several like places, made of the edits themselves."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.context import Context
from quickfix_ls.values import Edit

_MAX_SHOWN = 3


def title_of_edits(context: Context, edits: Sequence[Edit]) -> str:
    """Return a title such as "Replace `else if` with `elif` and add `:` (3 places)"."""
    text, start = context.region.text, context.region.start
    parts: dict[str, None] = {}
    for edit in sorted(edits):
        old = beginning(text[edit.span.start - start : edit.span.end - start])
        new = beginning(edit.text)
        if old and new:
            parts[f"replace `{old}` with `{new}`"] = None
        elif old or new:
            parts[f"remove `{old}`" if old else f"add `{new}`"] = None
    shown = list(parts)[:_MAX_SHOWN]
    title = ", ".join(shown[:-1]) + (" and " if len(shown) > 1 else "") + shown[-1] if shown else "change the layout"
    count = f" ({len(edits)} places)" if len(edits) > 1 else ""
    return title[0].upper() + title[1:] + count
