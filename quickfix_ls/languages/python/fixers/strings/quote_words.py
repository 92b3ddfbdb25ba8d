"""Put quotes around text that lacks them, such as words in a call, a path, an address or a date:
`input(enter your age)` becomes `input("enter your age")`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.bare_text import BareText, bare_texts
from quickfix_ls.languages.python.fixers.statements import span_of, usual_quote
from quickfix_ls.languages.python.names.known import is_known
from quickfix_ls.languages.python.quote_costs import OTHER
from quickfix_ls.languages.python.quote_readings import lines_at
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("d = {'earth': Bob Smith}\n", "d = {'earth': 'Bob Smith'}\n"),
        Example('row = {"id": 34dd833, "n": 1}\n', 'row = {"id": "34dd833", "n": 1}\n'),
        Example("open(/tmp/file.txt)\n", 'open("/tmp/file.txt")\n'),
        Example("n = int(input(How many? ))\n", 'n = int(input("How many? "))\n'),
        Example("total = 1\nprint(The sum is, total)\n", 'total = 1\nprint("The sum is", total)\n'),
        Example("print(Well done, Ann!)\n", 'print("Well done, Ann!")\n'),
        Example("print(I can't)\n", 'print("I can\'t")\n'),
        Example("n = 1\nprint(You are {n} years old)\n", 'n = 1\nprint(f"You are {n} years old")\n'),
        Example("city = New York\n", 'city = "New York"\n'),
        Example("open(C:\\new\\a.txt)\n", 'open(r"C:\\new\\a.txt")\n'),
        Example("host = 192.168.0.1\n", 'host = "192.168.0.1"\n'),
    ],
    leaves=["a = b = 1\nprint(a b)\n", "x = [1 2]\n", "f(a + b c=1)\n"],
)
def quote_words(context: Context) -> Iterator[Candidate]:
    text, usual = context.region.text, usual_quote(context)
    for start, end in lines_at(text, span_of(context)):
        line = text[start:end]
        for texts in bare_texts(line, partial(is_known, context.index)):
            edits = tuple(
                context.edit(start + at, start + at, new)
                for bare in texts
                for at, new in _insertions(line, bare, usual)
            )
            shown = beginning(line[texts[0].start : texts[0].end])
            yield Candidate(edits, f"Put quotes around `{shown}`")


def _insertions(line: str, bare: BareText, usual: str) -> Iterator[tuple[int, str]]:
    """Yield what is put where to make a string of a text: quotes, a prefix, backslashes before such quotes in it."""
    body = line[bare.start : bare.end]
    quote = usual if usual not in body else OTHER[usual]
    prefix = "f" if bare.has_fields else "r" if "\\" in body and not body.endswith("\\") else ""
    yield bare.start, prefix + quote
    yield from ((bare.start + at, "\\") for at, char in enumerate(body) if char == quote)
    yield bare.end, quote
