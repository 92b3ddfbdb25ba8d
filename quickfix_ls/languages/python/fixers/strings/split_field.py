"""Make two fields of a field of an f-string that holds two operands: `f"{first last}"` becomes `f"{first} {last}"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.fstring_fields import OPERAND, broken_fstrings
from quickfix_ls.languages.python.lexer import KEYWORDS
from quickfix_ls.languages.python.names.known import is_known
from quickfix_ls.values import Candidate

_OPERANDS = re.compile(rf"\s*{OPERAND}(?:[ \t]+{OPERAND})+\s*")
_PIECE = re.compile(rf"(?:{OPERAND})|[ \t]+")


@fixer(
    handles="syntax",
    examples=[
        Example('print(f"{first last}")\n', 'print(f"{first} {last}")\n'),
        Example('n = 3\nprint(f"{n files left}")\n', 'n = 3\nprint(f"{n} files left")\n'),
    ],
    leaves=['print(f"{a if b}")\n'],
)
def split_field(context: Context) -> Iterator[Candidate]:
    for string in broken_fstrings(context):
        for field in string.fields:
            expression = field.expression(string.parts.body)
            if field.closing is None or not _OPERANDS.fullmatch(expression):
                continue
            names = [piece for piece in _PIECE.findall(expression) if piece.strip()]
            if any(name in KEYWORDS for name in names):
                continue
            start, end = string.start + field.opening, string.start + field.closing + 1
            bound = [is_known(context.index, re.split(r"\W", name, maxsplit=1)[0]) for name in names]
            rest = string.parts.body[field.end : field.closing]
            ways = [[True] * len(names), *([bound] if any(bound) and not all(bound) and bound[0] else [])]
            for is_field in reversed(ways):
                pieces = [
                    f"{{{name}{rest}}}" if wrapped else name for name, wrapped in zip(names, is_field, strict=True)
                ]
                new = " ".join(pieces)
                yield Candidate((context.edit(start, end, new),), f"Write it as `{beginning(new)}`")
