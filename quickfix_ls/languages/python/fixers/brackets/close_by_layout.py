"""Close the brackets that the indentation shows to end: an inner `}` gets a line of its own before the next key of the
outer dictionary."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.bracket_layout import Missing, missing_closers
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.languages.python.statement_lines import statement_starts
from quickfix_ls.values import Candidate

_REACH = 4000


@fixer(
    handles="syntax",
    examples=[
        Example(
            "d = {\n    'a': {\n        'b': 1,\n    'c': 2,\n}\n",
            "d = {\n    'a': {\n        'b': 1,\n    },\n    'c': 2,\n}\n",
        ),
        Example(
            "rows = [{'a': 1},\n        {'b': 2,\n        {'c': 3}]\n",
            "rows = [{'a': 1},\n        {'b': 2},\n        {'c': 3}]\n",
        ),
        Example(
            "d = {\n    'a': {\n        'b': [\n            1,\n    },\n}\n",
            "d = {\n    'a': {\n        'b': [\n            1,\n        ],\n    },\n}\n",
        ),
        Example("if x:\n    print(\n    go()\n", "if x:\n    print()\n    go()\n"),
        Example("go(\n    f(1,\n    b=2\n)\n", "go(\n    f(1),\n    b=2\n)\n"),
        Example(
            "paths = [\n    path('a', one\n    path('b', two),\n]\n",
            "paths = [\n    path('a', one),\n    path('b', two),\n]\n",
        ),
    ],
    leaves=["print(max(1, 2)))\n"],
)
def close_by_layout(context: Context) -> Iterator[Candidate]:
    starts = statement_starts(context.tokens, context.lines)
    wrong = [*context.brackets.unclosed, *(opener for opener, _ in context.brackets.mismatched)]
    seen = set()
    for opener in wrong:
        if not is_near(context, context.tokens[opener].start, _REACH):
            continue
        first = starts[next(number for number, line in enumerate(context.lines) if line.first <= opener < line.last)]
        missing = missing_closers(context.tokens, context.lines, first) if first not in seen else []
        seen.add(first)
        if missing:
            edits = tuple(context.edit(each.offset, each.offset, each.text) for each in missing)
            yield Candidate(edits, _title(context, missing))


def _title(context: Context, missing: list[Missing]) -> str:
    first = missing[0]
    shown = ending(context.region.text[: first.offset].split("\n")[-1])
    new = "` and `".join(dict.fromkeys(each.text.strip() for each in missing))
    on_line = " on a line of its own" if first.text.startswith("\n") else ""
    return f"Add `{new}`{on_line} after `{shown}`"
