"""Add the missing `try:` above the statements before an `except` or `finally`, and indent them."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import DEFINITIONS, head_word, is_apart
from quickfix_ls.languages.python.fixers.enclosing import in_brackets, indent_step
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.values import Candidate

_MAX_LINES = 40
_PARTNERS = frozenset({"try", "except", "else", "finally"})


@fixer(
    handles="syntax",
    examples=[
        Example("x = 1\n\ny = go()\nexcept E:\n    stop()\n", "x = 1\n\ntry:\n    y = go()\nexcept E:\n    stop()\n"),
        Example(
            "def f(s):\n        return int(s)\n    except ValueError:\n        return 0\n",
            "def f(s):\n    try:\n        return int(s)\n    except ValueError:\n        return 0\n",
        ),
    ],
    leaves=["try:\n    go()\n    except E:\n        stop()\n"],
)
def add_try(context: Context) -> Iterator[Candidate]:
    lines = context.lines
    for branch in (context.line, context.line + 1):
        if branch >= len(lines) or head_word(context, branch) not in ("except", "finally") or not branch:
            continue
        first = _first(context, branch)
        if first is None:
            continue
        white = indentation_of(context, lines[branch])
        step = "" if lines[first].indent > lines[branch].indent else indent_step(context)
        place = lines[first].start
        edits = [context.edit(place, place, f"{white}try:\n{step}")]
        if step:
            below = (lines[at].start for at in range(first + 1, branch) if not in_brackets(context, at))
            edits += [context.edit(start, start, step) for start in below]
        shown = beginning(context.text_of(lines[first].first, lines[first].last))
        yield Candidate(tuple(edits), f"Add `try:` above `{shown}`")
        return


def _first(context: Context, branch: int) -> int | None:
    """Return the first line of the statements that a `try` is missing for: those at the column of the branch that no
    blank line separates from it, or all those that are indented deeper; None if there is a `try`, or no statement."""
    lines, indent, first = context.lines, context.lines[branch].indent, None
    is_deeper = lines[branch - 1].indent > indent
    for above in range(branch - 1, max(-1, branch - _MAX_LINES), -1):
        if in_brackets(context, above):
            continue
        line, word = lines[above], head_word(context, above)
        if line.indent < indent:
            return None if word == "try" else first
        if line.indent == indent and (word in _PARTNERS or word in DEFINITIONS):
            return None if word in _PARTNERS or is_deeper else first
        if line.indent == indent and is_deeper:
            # The block above has a header of its own, so that only the whole of it can be in the `try`.
            is_deeper = False
        first = above
        if line.indent == indent and is_apart(context, above):
            return first
    return first
