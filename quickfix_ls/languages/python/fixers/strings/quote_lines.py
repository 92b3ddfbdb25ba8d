"""Put a string that goes on over several lines in triple quotes: `x = "one` / `two"` becomes `x = \"\"\"one` /
`two\"\"\"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.languages.python.quote_costs import OTHER, may_end_before
from quickfix_ls.values import Candidate

_MAX_LINES = 60
_DEFINES = re.compile(r"[ \t]*(?:(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(|class[ \t]+\w+[ \t]*[:(]|@\w)")


@fixer(
    handles="syntax",
    examples=[
        Example('x = "one\ntwo"\n', 'x = """one\ntwo"""\n'),
        Example("send('Dear all,\nit's late.\n', now)\n", "send('''Dear all,\nit's late.\n''', now)\n"),
        Example('q = f"SELECT {a}\n  FROM t"\ngo(q)\n', 'q = f"""SELECT {a}\n  FROM t"""\ngo(q)\n'),
        Example('def f():\n    "Do it.\n\n    More.\n    "\n', 'def f():\n    """Do it.\n\n    More.\n    """\n'),
    ],
    leaves=['x = "one\ny = "two"\n', "x = 'one\n\ndef f():\n    return '\n"],
)
def quote_lines(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    for token in context.tokens:
        opening = token.text.lstrip("rRbBuUfFtT")
        if token.kind != "badstring" or opening[:3] in ('"""', "'''") or not is_near(context, token.start):
            continue
        quote, start = opening[0], token.end - len(opening)
        end = _end_of_lines(text, start, quote)
        if end is None:
            continue
        body = text[start + 1 : end]
        triple = next((q * 3 for q in (quote, OTHER[quote]) if q * 3 not in body and not body.endswith(q)), None)
        if triple is not None:
            edits = (context.edit(start, start + 1, triple), context.edit(end, end + 1, triple))
            title = f"Put the text over {body.count(chr(10)) + 1} lines in `{triple}`: `{beginning(body)}`"
            yield Candidate(edits, title)
            return


def _end_of_lines(text: str, start: int, quote: str) -> int | None:
    """Return the offset of the quote that ends a string some lines below; None if the next such quote ends none."""
    line_start = text.find("\n", start) + 1
    for _ in range(_MAX_LINES if line_start else 0):
        line_end = text.find("\n", line_start)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        if _DEFINES.match(line):
            return None
        for found in re.finditer(re.escape(quote), line):
            at = found.start()
            if quote == "'" and line[at - 1 : at].isalpha() and line[at + 1 : at + 2].isalpha():
                continue
            return line_start + at if may_end_before(line, at + 1) and line[at - 1 : at] != "\\" else None
        if line_end < 0:
            return None
        line_start = line_end + 1
    return None
