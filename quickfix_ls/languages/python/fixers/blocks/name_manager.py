"""Put `as` between a context manager and its name: `with open(p) f:`, `with f = open(p):`, `with f as open(p):` and
`with open(p as f):` become `with open(p) as f:`; two managers get a comma between them."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.change_titles import title_of_edits
from quickfix_ls.languages.python.fixers.enclosing import logical_last, primary_end
from quickfix_ls.languages.python.fixers.statements import find_top
from quickfix_ls.values import Candidate, Edit

_SIGNS = frozenset({"=", "->", "in", ":=", "is", "==", ":", "to"})


@fixer(
    handles="syntax",
    examples=[
        Example("with open(p) f:\n    go(f)\n", "with open(p) as f:\n    go(f)\n"),
        Example("with f = open(p):\n    go(f)\n", "with open(p) as f:\n    go(f)\n"),
        Example("with f as open(p):\n    go(f)\n", "with open(p) as f:\n    go(f)\n"),
        Example("with open(p) = f:\n    go(f)\n", "with open(p) as f:\n    go(f)\n"),
        Example("with open(p), as f:\n    go(f)\n", "with open(p) as f:\n    go(f)\n"),
        Example("with open(p as f):\n    go(f)\n", "with open(p) as f:\n    go(f)\n"),
        Example("with a() as f and b() as g:\n    go(f, g)\n", "with a() as f, b() as g:\n    go(f, g)\n"),
        Example("using open(p) as f:\n    go(f)\n", "with open(p) as f:\n    go(f)\n"),
    ],
    leaves=["with open(p) as f\n    go(f)\n"],
)
def name_manager(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in (context.line, context.line - 1):
        if not 0 <= index < len(context.lines):
            continue
        first, last = context.lines[index].first, logical_last(context, index)
        word = tokens[first]
        if word.text not in ("with", "async", "using", "With", "WITH") or last - first < 3:
            continue
        start = first + 1 + (word.text == "async" and tokens[first + 1].text == "with")
        end = last - 1 if tokens[last - 1].text == ":" else last
        edits = list(_edits(context, start, end))
        if word.text in ("using", "With", "WITH") and find_top(tokens, first, last, ("as",)) is not None:
            edits.append(context.edit(word.start, word.end, "with"))
        if edits:
            yield Candidate(tuple(sorted(edits)), title_of_edits(context, sorted(edits)))
            return


def _edits(context: Context, start: int, end: int) -> Iterator[Edit]:
    """Yield the edits of the managers in the tokens [start, end)."""
    tokens, partner = context.tokens, context.brackets.partner
    stop = primary_end(tokens, start, partner)
    if stop >= end:
        yield from _unbracketed(context, start, end)
        return
    sign = tokens[stop]
    is_called = tokens[stop - 1].text == ")"
    after = tokens[stop + 1] if stop + 1 < end else None
    if is_called and sign.kind == "name" and stop + 1 == end:
        yield context.edit(tokens[stop - 1].end, sign.start, " as ")
    elif is_called and sign.text == "," and after is not None and after.text == "as":
        yield context.edit(tokens[stop - 1].end, after.start, " ")
    elif is_called and sign.text in _SIGNS and after is not None and after.kind == "name" and stop + 2 == end:
        yield context.edit(tokens[stop - 1].end, after.start, " as ")
    elif sign.text in (*_SIGNS, "as") and not is_called and stop == start + 1 and after is not None:
        if after.kind == "name" and tokens[end - 1].text == ")" and primary_end(tokens, stop + 1, partner) == end:
            name, value = tokens[start].text, context.text_of(stop + 1, end)
            yield context.edit(tokens[start].start, tokens[end - 1].end, f"{value} as {name}")
    elif sign.text == "as" and after is not None and after.kind == "name" and stop + 2 < end:
        joint = tokens[stop + 2]
        if joint.text in ("and", "&", ";"):
            yield context.edit(after.end, joint.end, ",")
        elif joint.kind == "name":
            yield context.edit(after.end, joint.start, ", ")


def _unbracketed(context: Context, start: int, end: int) -> Iterator[Edit]:
    """Yield the edits that move the bracket of `open(p as f)` before the `as`."""
    tokens = context.tokens
    opener = context.brackets.partner.get(end - 1)
    if opener is None or opener <= start or end - opener < 5 or tokens[end - 1].text != ")":
        return
    if tokens[end - 3].text == "as" and tokens[end - 2].kind == "name":
        yield context.edit(tokens[end - 4].end, tokens[end - 4].end, ")")
        yield context.edit(tokens[end - 1].start, tokens[end - 1].end, "")
