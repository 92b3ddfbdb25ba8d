"""Fix what stands behind the expression of an f-string's field, its conversion or format: `f"{price.2f}"` becomes
`f"{price:.2f}"`, and `f"{name!}"` becomes `f"{name}!"`."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.fstring_fields import OPERAND, Field, FormatString, broken_fstrings
from quickfix_ls.values import Candidate

_MISPLACED = re.compile(
    rf"(?P<operand>\s*{OPERAND})\s*(?P<sign>[.;,% ]?)(?P<spec>[,<>^]?\d*(?:\.\d+)?[bcdeEfFgGnoxX%])\Z"
)
_CONVERSION = re.compile(r"!(?P<word>\s*\w*)(?P<rest>[^}]*)\Z")
_TYPES = frozenset("bcdeEfFgGnoxX")
_BEGINS = re.compile(rf"\s*{OPERAND}\s*(?:[}}:!=+*/%,-]|\Z)")
_FOREIGN_SIGN = re.compile(r"[$@#](?=[^\W\d])")


@fixer(
    handles="syntax",
    examples=[
        Example('print(f"{price.2f}")\n', 'print(f"{price:.2f}")\n'),
        Example('print(f"{price,.2f}")\n', 'print(f"{price:,.2f}")\n'),
        Example('print(f"{price;.1f}")\n', 'print(f"{price:.1f}")\n'),
        Example('print(f"hi {name!}")\n', 'print(f"hi {name}!")\n'),
        Example('print(f"{name!R}")\n', 'print(f"{name!r}")\n'),
        Example('print(f"{n!d}")\n', 'print(f"{n:d}")\n'),
        Example('print(f"{$name}")\n', 'print(f"{name}")\n'),
        Example('print(f"if {x} { return {y}; }")\n', 'print(f"if {x} {{ return {y}; }}")\n'),
    ],
    leaves=['print(f"{a b}")\n'],
)
def mend_field(context: Context) -> Iterator[Candidate]:
    for string in broken_fstrings(context):
        for field in string.fields:
            if field.closing is not None:
                yield from _formatted(context, string, field)
                yield from _converted(context, string, field, field.closing)
        yield from _doubled(context, string)


def _formatted(context: Context, string: FormatString, field: Field) -> Iterator[Candidate]:
    body, start = string.parts.body, string.start
    expression = field.expression(body)
    found = _MISPLACED.match(expression)
    if found and (found["sign"] or "." in found["spec"]) and any(char.isdigit() for char in found["spec"]):
        sign = {".": ".", ",": ","}.get(found["sign"], "")
        spec = f":{sign if not found['spec'].startswith(sign + '.') or sign == ',' else ''}{found['spec']}"
        at = start + field.opening + 1 + found.end("operand")
        yield Candidate((context.edit(at, start + field.end, spec),), f"Write the format as `{spec}`")
    foreign = _FOREIGN_SIGN.match(expression)
    if foreign:
        at = start + field.opening + 1
        yield Candidate((context.edit(at, at + 1, ""),), f"Remove the `{foreign.group()}` before the name")


def _converted(context: Context, string: FormatString, field: Field, closing: int) -> Iterator[Candidate]:
    body, start = string.parts.body, string.start
    found = _CONVERSION.match(body[field.end : closing])
    word = found["word"].strip() if found else ""
    if found is None or (found["word"] in ("r", "s", "a") and (not found["rest"] or found["rest"][0] == ":")):
        return
    at = start + field.end
    end = at + 1 + len(found["word"])
    if word.lower() in ("r", "s", "a"):
        yield Candidate(
            (context.edit(at, end, f"!{word.lower()}"),), f"Replace `!{found['word']}` with `!{word.lower()}`"
        )
    elif word in _TYPES:
        yield Candidate((context.edit(at, end, f":{word}"),), f"Replace `!{word}` with `:{word}`")
    elif not word and not found["rest"].strip("!?. "):
        text = body[field.end : closing]
        edits = (context.edit(at, start + closing + 1, "}" + text.rstrip()),)
        yield Candidate(edits, f"Put the `{text.strip()}` behind the field")
    if not word or word not in ("r", "s", "a"):
        yield Candidate((context.edit(at, end, "!r"),), f"Replace `!{found['word']}` with `!r`: a conversion")


def _doubled(context: Context, string: FormatString) -> Iterator[Candidate]:
    """Yield a candidate for braces around text that has fields itself: double those that hold no expression."""
    body = string.parts.body
    opened = [f.opening for f in string.fields if f.closing is None and not _BEGINS.match(body, f.opening + 1)]
    if opened and len(opened) == len(string.stray) and all(map(operator.lt, opened, string.stray)):
        edits = [
            context.edit(string.start + at, string.start + at, body[at]) for at in sorted((*opened, *string.stray))
        ]
        yield Candidate(tuple(edits), f"Double the outer braces: `{{{{` and `}}}}` ({len(edits)} places)")
