"""Give a string with a backslash in an f-string's field a name above the statement, for Python before 3.12:
`f"{'\\n'.join(rows)}"` becomes `f"{newline.join(rows)}"`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.facts import binds
from quickfix_ls.languages.python.fixers.fstring_fields import broken_fstrings
from quickfix_ls.languages.python.fixers.statements import logical_start, span_of
from quickfix_ls.languages.python.quote_costs import is_in_field
from quickfix_ls.languages.python.quote_readings import readings_near
from quickfix_ls.lexing.tokens import indent_of
from quickfix_ls.values import Candidate

_NAMES = {
    r"\n": "newline", r"\t": "tab", r"\r\n": "line_end", r"\\": "backslash", r"\n\n": "blank_line",
    r"\r": "carriage_return", r"\"": "quote", r"\'": "quote", r"\0": "null", r",\n": "comma_newline",
}  # fmt: skip
_ESCAPED = re.compile(r"(?<![\w\\])(?P<literal>[rRbB]?(?P<quote>[\"'])(?P<text>(?:[^\\\"'{}\r\n]|\\.)*)(?P=quote))")
_CONTINUES = frozenset({"elif", "else", "except", "finally", "case", "@"})


class _Body(NamedTuple):
    text: str
    start: int


@fixer(
    handles="syntax",
    examples=[
        Example(
            "def show(rows):\n    return f\"{'\\n'.join(rows)}\"\n",
            "def show(rows):\n    newline = '\\n'\n    return f\"{newline.join(rows)}\"\n",
        ),
        Example(
            "print(f\"{p.replace('\\\\', '/')} and {q.replace('\\\\', '/')}\")\n",
            "backslash = '\\\\'\nprint(f\"{p.replace(backslash, '/')} and {q.replace(backslash, '/')}\")\n",
        ),
        Example('print(f"{"\\t".join(row)}")\n', 'tab = "\\t"\nprint(f"{tab.join(row)}")\n'),
    ],
    leaves=['print(f"{d[\\"a\\"]}")\n'],
)
def hoist_escape(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    bodies = [_Body(string.parts.body, string.start) for string in broken_fstrings(context)]
    for reading in readings_near(text, span_of(context)):
        bodies += [_Body(text[f.body : f.end], f.body) for f in reading.faulty if f.is_format]
    for body in dict.fromkeys(bodies):
        found = [
            match
            for match in _ESCAPED.finditer(body.text)
            if "\\" in match["text"] and match["literal"][0] not in "rRbB" and is_in_field(body.text[: match.start()])
        ]
        start = logical_start(context, body.start)
        head = re.match(r"[ \t]*(\w+|@)?", text[start:])
        if not found or (head and head[1] in _CONTINUES):
            continue
        names: dict[str, str] = {}
        for match in found:
            names.setdefault(match["literal"], _free_name(context, match["text"], names))
        indent = indent_of(text[start:])
        lines = "".join(f"{indent}{name} = {literal}\n" for literal, name in names.items())
        uses = [
            context.edit(body.start + match.start(), body.start + match.end(), names[match["literal"]])
            for match in found
        ]
        first = next(iter(names))
        title = f"Name it above the statement: `{names[first]} = {first}`"
        yield Candidate((context.edit(start, start, lines), *uses), title)


def _free_name(context: Context, text: str, names: dict[str, str]) -> str:
    """Return a name for a string that nothing else has."""
    wanted = _NAMES.get(text, "text")
    taken = {token.text for token in context.tokens if token.kind == "name"} | set(names.values())
    tries = [wanted, f"{wanted}_text", *(f"{wanted}_{number}" for number in range(2, 9))]
    return next((name for name in tries if name not in taken and not binds(context.index, name)), wanted)
