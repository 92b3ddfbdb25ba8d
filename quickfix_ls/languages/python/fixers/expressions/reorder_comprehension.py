"""Reorder the parts of a comprehension, or complete its `for … in`: `[a if a > 1 for a in rows]` becomes
`[a for a in rows if a > 1]`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import find_top, is_near
from quickfix_ls.values import Candidate

_REACH = 2000


@fixer(
    handles="syntax",
    examples=[
        Example("x = [a if a > 1 for a in rows]\n", "x = [a for a in rows if a > 1]\n"),
        Example("x = [a for a in rows if a > 1 else 0]\n", "x = [a if a > 1 else 0 for a in rows]\n"),
        Example("x = [a for rows if a > 1]\n", "x = [a for a in rows if a > 1]\n"),
        Example("x = max(a in rows if a > 1)\n", "x = max(a for a in rows if a > 1)\n"),
        Example("x = [for a in rows: a + 1]\n", "x = [a + 1 for a in rows]\n"),
    ],
    leaves=["x = [a for a in b\n"],
)
def reorder_comprehension(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for opener in range(min(len(tokens) - 1, context.at + 1), -1, -1):
        if not is_near(context, tokens[opener].start, _REACH):
            return
        closer = context.brackets.partner.get(opener)
        if closer is None or closer < max(opener, context.at - 1):
            continue
        loop = find_top(tokens, opener + 1, closer, ("for",))
        new = _reordered(context, opener, loop, closer) if loop is not None else _with_loop(context, opener, closer)
        if new:
            start, end = tokens[opener + 1].start, tokens[closer - 1].end
            yield Candidate((context.edit(start, end, new),), f"Reorder the comprehension: `{beginning(new)}`")


def _reordered(context: Context, opener: int, loop: int, closer: int) -> str:
    tokens = context.tokens
    text = context.text_of
    before = find_top(tokens, opener + 1, loop, ("if",))
    if before is not None and find_top(tokens, before, loop, ("else",)) is None and before > opener + 1:
        return f"{text(opener + 1, before)} {text(loop, closer)} {text(before, loop)}"
    behind = find_top(tokens, loop, closer, ("if",))
    other = find_top(tokens, behind, closer, ("else",)) if behind is not None else None
    if behind is not None and other is not None and loop > opener + 1:
        return f"{text(opener + 1, loop)} {text(behind, closer)} {text(loop, behind)}"
    inside = find_top(tokens, loop, closer, ("in",))
    if inside is None and loop == opener + 2 and tokens[opener + 1].kind == "name":
        return f"{text(opener + 1, loop + 1)} {tokens[opener + 1].text} in {text(loop + 1, closer)}"
    colon = find_top(tokens, loop, closer, (":",))
    if loop == opener + 1 and colon is not None and colon + 1 < closer:
        return f"{text(colon + 1, closer)} {text(loop, colon)}"
    return ""


def _with_loop(context: Context, opener: int, closer: int) -> str:
    """Return `a for a in rows if c` for `a in rows if c`, or an empty string if the pattern does not match."""
    tokens = context.tokens
    first = tokens[min(opener + 1, closer)]
    condition = find_top(tokens, opener + 1, closer, ("if",))
    if first.kind != "name" or tokens[opener + 2].text != "in" or condition is None:
        return ""
    return (
        ""
        if find_top(tokens, condition, closer, ("else",))
        else f"{first.text} for {context.text_of(opener + 1, closer)}"
    )
