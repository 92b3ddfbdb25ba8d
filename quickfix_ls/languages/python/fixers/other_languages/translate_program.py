"""Translate C, Java or JavaScript code in the region in a single fix: braces, headers, loops, declarations,
operators and `//` comments."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.other_languages.remove_braces import brace_edits
from quickfix_ls.languages.python.fixers.other_languages.remove_declaration import declaration_edits
from quickfix_ls.languages.python.fixers.other_languages.translate_loop import loop_edit
from quickfix_ls.languages.python.fixers.other_languages.translate_operator import operator_edit
from quickfix_ls.languages.python.fixers.statements import without_overlaps
from quickfix_ls.values import Candidate


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
    ],
)
def translate_program(context: Context) -> Iterator[Candidate]:
    braces = brace_edits(context)
    if not braces:
        return
    loops = [edit for line in context.lines if (edit := loop_edit(context, line)) is not None]
    inner = [edit for index in range(len(context.tokens)) if (edit := operator_edit(context, index)) is not None]
    others = [
        edit
        for edit in (*braces, *declaration_edits(context), *inner)
        if not any(loop.span.start <= edit.span.start and edit.span.end <= loop.span.end for loop in loops)
    ]
    edits = without_overlaps([*loops, *others])
    if len(edits) > len(braces):
        yield Candidate(edits, f"Write it as Python ({len(edits)} places)")
