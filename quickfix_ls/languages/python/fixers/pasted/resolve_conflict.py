"""Resolve a merge conflict whose markers are still in the file, keeping either side or both; remove a marker that is
left of one."""

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
_MARKER = re.compile(r"^(?:<{7}|={7}|>{7})(?: [^\n]*)?(?:\n|\Z)", re.MULTILINE)
_BROKEN = "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> topic\n"


@fixer(
    handles="syntax",
    examples=[
        Example(_BROKEN, "x = 1\n"),
        Example(_BROKEN, "x = 2\n"),
        Example("<<<<<<< HEAD\nx = 1\n=======\ny = 2\n>>>>>>> topic\n", "x = 1\ny = 2\n"),
        Example("<<<<<<< a\nx = 1\n||||||| b\nx = 0\n=======\nx = 2\n>>>>>>> c\n", "x = 1\n"),
        Example("x = 1\n>>>>>>> topic\ny = 2\n", "x = 1\ny = 2\n"),
    ],
    leaves=["x = 1 << << 2\n", "x = 1\n>>>>>>> topic\ny = 2\n\n\ndef f():\n    pass\n\n\n<<<<<<< a\n"],
)
def resolve_conflict(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    found = list(_CONFLICT.finditer(text)) if "<<<<<<<" in text else []
    if not found:
        yield from _lone_marker(context)
        return
    nearest = min(found, key=lambda match: max(match.start() - context.offset, context.offset - match.end()))
    opening, middle, closing = nearest.span("open"), nearest.span("middle"), nearest.span("close")
    base = nearest.span("base") if nearest["base"] else (middle[0], middle[0])
    ours = (context.edit(*opening, ""), context.edit(base[0], nearest.end(), ""))
    theirs = (context.edit(nearest.start(), middle[1], ""), context.edit(*closing, ""))
    both = (context.edit(*opening, ""), context.edit(base[0], middle[1], ""), context.edit(*closing, ""))
    for edits, what in ((ours, "the first side"), (theirs, "the second side"), (both, "both sides")):
        yield Candidate(edits, f"Resolve the conflict: keep {what}", safety="needs-a-look")


def _lone_marker(context: Context) -> Iterator[Candidate]:
    """Yield the removal of the only marker in the file, if the problem is at it. It needs a look: what stands around it
    may be both sides of the conflict, of which one was meant to go."""
    found = list(_MARKER.finditer(context.region.text))
    if (
        len(found) == len(_MARKER.findall(context.snapshot.text)) == 1
        and found[0].start() <= context.offset <= found[0].end()
    ):
        edit = context.edit(found[0].start(), found[0].end(), "")
        yield Candidate((edit,), f"Remove the marker `{found[0].group().strip()[:20]}`", safety="needs-a-look")
