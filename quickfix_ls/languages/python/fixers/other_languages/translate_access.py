"""Replace the attribute operators `->`, `::` and `?.` of other languages with `.`: `node->next` becomes `node.next`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.values import Candidate, Edit

_SIGNS = ("->", "::", "?.")


@fixer(
    handles="syntax",
    examples=[
        Example("x = node->next\n", "x = node.next\n"),
        Example("self->x = self->y\n", "self.x = self.y\n"),
        Example("std::sort(rows)\n", "std.sort(rows)\n"),
        Example("x = a?.b\n", "x = a.b\n"),
    ],
)
def translate_access(context: Context) -> Iterator[Candidate]:
    if not any(sign in context.region.text for sign in _SIGNS):
        return
    found = [(edit, at) for at in range(1, len(context.tokens) - 1) if (edit := _edit(context, at)) is not None]
    near = [(edit, at) for edit, at in found if is_near(context, context.tokens[at].start)]
    if not near:
        return
    edit = min(near, key=lambda pair: abs(pair[1] - context.at))[0]
    sign = context.snapshot.text[edit.span.start : edit.span.end]
    if len(found) > 1:
        yield Candidate(tuple(edit for edit, _ in found), f"Replace `{sign}` with `.` ({len(found)} places)")
    yield Candidate((edit,), f"Replace `{sign}` with `.`")


def _edit(context: Context, at: int) -> Edit | None:
    """Return the edit for an operator at a token; None unless it directly joins two operands without whitespace."""
    tokens = context.tokens
    sign = tokens[at]
    if sign.text not in ("->", ":", "?") or tokens[at - 1].end != sign.start:
        return None
    after = at + 1
    if sign.text != "->":
        # `::` and `?.` are two tokens each.
        second = tokens[after]
        if second.text != (":" if sign.text == ":" else ".") or second.start != sign.end:
            return None
        after += 1
    if sign.text == "->" and tokens[at - 1].text == ")" and _is_definition(context, sign.start):
        return None
    if after >= len(tokens) or tokens[after].kind != "name" or tokens[after].start != tokens[after - 1].end:
        return None
    return context.edit(sign.start, tokens[after - 1].end, ".")


def _is_definition(context: Context, offset: int) -> bool:
    """Return whether the offset's line begins a function, so that its arrow is a return annotation."""
    line = context.region.text[context.region.text.rfind("\n", 0, offset) + 1 : offset]
    return line.lstrip().startswith(("def ", "async "))
