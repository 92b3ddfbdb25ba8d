"""Delete an item by its index or key instead of calling: `del rows(0)` becomes `del rows[0]`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.enclosing import logical_last
from quickfix_ls.languages.python.fixers.statements import split_top
from quickfix_ls.values import Candidate

_METHODS = frozenset({"pop", "remove", "clear", "popitem", "discard", "get", "close", "delete"})


@fixer(
    handles="syntax",
    examples=[
        Example("del rows(0)\n", "del rows[0]\n"),
        Example('del a.d("x"), b(1)\n', 'del a.d["x"], b[1]\n'),
        Example("del(rows(0))\n", "del(rows[0])\n"),
    ],
    leaves=["del rows.pop(0)\n", "del rows(\n"],
)
def delete_item(context: Context) -> Iterator[Candidate]:
    if "cannot delete function call" not in context.problem.message or not context.lines:
        return
    tokens, partner = context.tokens, context.brackets.partner
    line = context.lines[min(context.line, len(context.lines) - 1)]
    first, last = line.first + 1, logical_last(context, min(context.line, len(context.lines) - 1))
    if tokens[line.first].text != "del":
        return
    if tokens[first].text == "(" and partner.get(first) == last - 1:
        first, last = first + 1, last - 1
    edits = []
    for start, end in split_top(tokens, first, last):
        opener = partner.get(end - 1) if end > start else None
        if opener is None or tokens[end - 1].text != ")" or opener <= start or end - opener < 3:
            continue
        if tokens[opener - 1].text in _METHODS:
            return
        edits.append(context.edit(tokens[opener].start, tokens[opener].end, "["))
        edits.append(context.edit(tokens[end - 1].start, tokens[end - 1].end, "]"))
        shown = beginning(context.text_of(opener + 1, end - 1))
    if edits:
        yield Candidate(tuple(edits), f"Delete the item `[{shown}]`")
