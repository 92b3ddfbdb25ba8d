"""Translate C, Java or JavaScript code in the region in a single fix: braces, headers, loops, switches, declarations,
operators and `//` comments."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.faulty_operators import faulty_operators
from quickfix_ls.languages.python.fixers.other_languages.remove_braces import brace_edits
from quickfix_ls.languages.python.fixers.other_languages.remove_declaration import declaration_edits
from quickfix_ls.languages.python.fixers.other_languages.translate_for import for_edit
from quickfix_ls.languages.python.fixers.other_languages.translate_loop import loop_edit
from quickfix_ls.languages.python.fixers.other_languages.translate_operator import operator_edit
from quickfix_ls.languages.python.fixers.punctuation.mend_operators import operator_edits
from quickfix_ls.languages.python.fixers.statements import without_overlaps
from quickfix_ls.languages.python.fixers.switches import is_switch, switch_edits
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="syntax",
    examples=[
        Example(
            "function add(a, b) {\n    var c = a + b;\n    return c;\n}\n",
            "def add(a, b):\n    c = a + b;\n    return c;\n",
        ),
        Example(
            "for (let i = 0; i < n; i++) {\n    if (a && !b) {\n        k++; // once more\n    }\n}\n",
            "for i in range(n):\n    if (a and not b):\n        k += 1; # once more\n",
        ),
        Example("for (const x of xs) {\n    go(x)\n}\n", "for x in xs:\n    go(x)\n"),
        Example(
            "switch (x) {\n    case 1:\n        a()\n        break\n    default:\n        b()\n}\n",
            "match (x):\n    case 1:\n        a()\n    case _:\n        b()\n",
        ),
    ],
)
def translate_program(context: Context) -> Iterator[Candidate]:
    braces = brace_edits(context)
    if not braces:
        return
    loops = [edit for line in context.lines if (edit := _loop(context, line.first)) is not None]
    operators = [edit for fault in faulty_operators(context.tokens) for edit in operator_edits(context, fault)]
    comments = [
        edit
        for index, token in enumerate(context.tokens)
        if token.text == "//" and (edit := operator_edit(context, index)) is not None
    ]
    heads = [index for index in range(len(context.lines)) if is_switch(context, index)]
    switches = [edit for head in heads for edit in switch_edits(context, head, with_header=False)]
    others = [
        edit
        for edit in (*braces, *declaration_edits(context), *operators, *comments, *switches)
        if not any(loop.span.start <= edit.span.start and edit.span.end <= loop.span.end for loop in loops)
    ]
    edits = without_overlaps([*loops, *others])
    if loops or len(edits) > len(braces):
        yield Candidate(edits, f"Write it as Python ({len(edits)} places)")


def _loop(context: Context, first: int) -> Edit | None:
    """Return the edit that translates the header of a loop that begins at a token, with a colon for its brace."""
    line = next(line for line in context.lines if line.first == first)
    edit = loop_edit(context, line)
    if edit is None and (found := for_edit(context, line)) is not None:
        edit = Edit(found.span, found.text.removesuffix(" {") + ("" if found.text.endswith(":") else ":"))
    return edit
