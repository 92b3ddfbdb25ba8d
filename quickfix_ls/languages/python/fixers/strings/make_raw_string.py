"""Make a string raw whose backslashes are meant as such: `"C:\\Users"` becomes `r"C:\\Users"`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.strings.double_backslashes import strings_with_wrong_escapes
from quickfix_ls.languages.python.string_escapes import LiteralParts
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example('log = open("D:\\Units\\new.log")\n', 'log = open(r"D:\\Units\\new.log")\n'),
        Example("copy('C:\\Users\\a', 'C:\\Users\\b')\n", "copy(r'C:\\Users\\a', r'C:\\Users\\b')\n"),
        Example('x = f"C:\\Users\\{name}"\n', 'x = rf"C:\\Users\\{name}"\n'),
        Example('def f():\n    """Read C:\\Users."""\n', 'def f():\n    r"""Read C:\\Users."""\n'),
    ],
    leaves=['x = "C:\\\\Users\\new\\Units"\n', 'x = "in C:\\Users\\n"\n'],
)
def make_raw_string(context: Context) -> Iterator[Candidate]:
    found = strings_with_wrong_escapes(context)
    if found and all(parts.may_be_raw() for _, parts in found):
        yield raw(context, found)


def raw(context: Context, found: list[tuple[Token, LiteralParts]]) -> Candidate:
    """Return the candidate that makes strings raw."""
    edits = tuple(context.edit(token.start, token.start, "r") for token, _ in found)
    title = f"Make it a raw string: `r{beginning(found[0][0].text)}`"
    return Candidate(edits, title if len(found) == 1 else f"{title}, and {len(found) - 1} more")
