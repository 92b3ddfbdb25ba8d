"""Turn a `switch`, or a `match` with the words of one, into a `match` of Python: `default:` becomes `case _:`, the
`break` at the end of each case goes."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.change_titles import title_of_edits
from quickfix_ls.languages.python.fixers.switches import switch_edits, switch_head
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example(
            "switch x:\n    case 1:\n        a()\n        break\n    default:\n        b()\n",
            "match x:\n    case 1:\n        a()\n    case _:\n        b()\n",
        ),
        Example(
            "match x:\n    1:\n        a()\n    2:\n        b()\n    else:\n        c()\n",
            "match x:\n    case 1:\n        a()\n    case 2:\n        b()\n    case _:\n        c()\n",
        ),
        Example(
            "match x:\n    case 1 => a()\n    case 2 or 3 => b()\n", "match x:\n    case 1: a()\n    case 2 | 3: b()\n"
        ),
        Example("match x\n    case 1\n        a()\n", "match x:\n    case 1:\n        a()\n"),
        Example("match x:\ncase 1:\n    a()\n", "match x:\n    case 1:\n        a()\n"),
        Example("match x:\n    case 1:\n        break\n", "match x:\n    case 1:\n        pass\n"),
    ],
    leaves=["match = x y\n", "match (x, y\n"],
)
def translate_switch(context: Context) -> Iterator[Candidate]:
    head = switch_head(context)
    if head is None or context.tokens[context.lines[head].last - 1].text == "{":
        return
    edits = switch_edits(context, head)
    if edits:
        yield Candidate(tuple(edits), title_of_edits(context, edits))
