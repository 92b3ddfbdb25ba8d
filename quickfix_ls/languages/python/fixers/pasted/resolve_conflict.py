"""Resolve a merge conflict whose markers are still in the file, keeping either side or both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate

_CONFLICT = re.compile(
    r"^(?P<open><{7}(?: [^\n]*)?\n)(?P<ours>.*?)(?P<base>^\|{7}(?: [^\n]*)?\n.*?)?(?P<middle>^={7}\r?\n)(?P<theirs>.*?)"
    r"(?P<close>^>{7}(?: [^\n]*)?(?:\n|\Z))",
    re.MULTILINE | re.DOTALL,
)
_BROKEN = "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> topic\n"


@fixer(
    handles="syntax",
    examples=[
        Example(_BROKEN, "x = 1\n"),
        Example(_BROKEN, "x = 2\n"),
        Example("<<<<<<< HEAD\nx = 1\n=======\ny = 2\n>>>>>>> topic\n", "x = 1\ny = 2\n"),
        Example("<<<<<<< a\nx = 1\n||||||| b\nx = 0\n=======\nx = 2\n>>>>>>> c\n", "x = 1\n"),
    ],
    leaves=["x = 1 << << 2\n"],
)
def resolve_conflict(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    if "<<<<<<<" not in text:
        return
    found = list(_CONFLICT.finditer(text))
    if not found:
        return
    nearest = min(found, key=lambda match: max(match.start() - context.offset, context.offset - match.end()))
    opening, middle, closing = nearest.span("open"), nearest.span("middle"), nearest.span("close")
    base = nearest.span("base") if nearest["base"] else (middle[0], middle[0])
    ours = (context.edit(*opening, ""), context.edit(base[0], nearest.end(), ""))
    theirs = (context.edit(nearest.start(), middle[1], ""), context.edit(*closing, ""))
    both = (context.edit(*opening, ""), context.edit(base[0], middle[1], ""), context.edit(*closing, ""))
    for edits, what in ((ours, "the first side"), (theirs, "the second side"), (both, "both sides")):
        yield Candidate(edits, f"Resolve the conflict: keep {what}", safety="needs-a-look")
