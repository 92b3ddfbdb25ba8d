"""Join two adjacent words, or words with a hyphen, to a single name: `file name` becomes `file_name`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.other_languages.remove_declaration import FOREIGN
from quickfix_ls.languages.python.fixers.statements import begins_statement_at
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("put(file name, 3)\n", "put(file_name, 3)\n"),
        Example("x = user name\n", "x = user_name\n"),
        Example("from top.src import mod-one\n", "from top.src import mod_one\n"),
        Example("from top import mod1-1\n", "from top import mod1_1\n"),
    ],
    leaves=["x = 1 2\n", "print 'a'\n"],
)
def join_words(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(max(0, context.at - 3), min(len(tokens) - 1, context.at_end + 2)):
        first, second = tokens[index], tokens[index + 1]
        if first.kind != "name" or first.text in FOREIGN or second.text in FOREIGN:
            continue
        third = tokens[index + 2] if index + 2 < len(tokens) else None
        target = begins_statement_at(tokens, index) and third is not None and third.text == "="
        if second.kind == "name" and second.start > first.end and not target:
            new = f"{first.text}_{second.text}"
            yield Candidate((context.edit(first.start, second.end, new),), f"Write it as one name: `{new}`")
        adjacent = third is not None and first.end == second.start and second.end == third.start
        fourth = tokens[index + 3].text if index + 3 < len(tokens) else ""
        if begins_statement_at(tokens, index) and fourth == "=":
            continue  # the fixer `mend_target` renames an assignment's target throughout the region
        if second.text == "-" and third is not None and adjacent and third.kind in ("name", "number"):
            new = f"{first.text}_{third.text}"
            if new.isidentifier():
                yield Candidate((context.edit(first.start, third.end, new),), f"Write it as one name: `{new}`")
