"""Turn all Python 2 syntax of the region into Python 3 in a single fix: prints, exceptions, raises, backticks, `<>`,
octal and long numbers, `ur""`, tuple parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.python2.call_print import print_edits, print_statements
from quickfix_ls.languages.python.fixers.python2.call_raise import raise_edits
from quickfix_ls.languages.python.fixers.python2.call_repr import backticks, repr_edits
from quickfix_ls.languages.python.fixers.python2.name_exception import exception_edits
from quickfix_ls.languages.python.fixers.python2.unpack_parameter import parameter_edits
from quickfix_ls.languages.python.fixers.statements import without_overlaps
from quickfix_ls.languages.python.fixers.strings.respell_prefix import prefix_edits
from quickfix_ls.languages.python.fixers.words.respell_number import number_edits
from quickfix_ls.values import Candidate, Edit

# A cheap test for possible Python 2 syntax, before every token is examined.
_SIGN = re.compile(
    r"""(?:print|exec)(?:[ \t]+[^\s(=.,:)\]]|["'`{\[>~]|[ \t]*\(.*\)[ \t]*[%,.])"""
    r"""|except[^:(\n]*(?:\([^)\n]*\))?[ \t]*,|raise[^(\n]*,|`|<>|[0-9][lL]\b|[uU][rR]["']"""
    r"""|lambda[ \t]*\(|def[^(\n]*\([^)\n]*\(|\b0[0-9]"""
)


@fixer(
    handles="syntax",
    translates=True,
    examples=[
        Example(
            'try:\n    print "a", 0777\nexcept IOError, e:\n    raise Error, "no"\n',
            'try:\n    print("a", 0o777)\nexcept IOError as e:\n    raise Error("no")\n',
        ),
        Example(
            "def f(a, (b, c)):\n    if a <> 10L: print `b`, ur'c',\n",
            "def f(a, b_c):\n    b, c = b_c\n    if a != 10: print(repr(b), r'c', end=\" \")\n",
        ),
    ],
)
def modernize_python2(context: Context) -> Iterator[Candidate]:
    if not _SIGN.search(context.region.text):
        return
    found = [list(edits) for edits in _statements(context) if edits]
    if len(found) > 1:
        edits = without_overlaps(edit for edits in found for edit in edits)
        yield Candidate(edits, f"Turn Python 2 into Python 3 ({len(found)} places)")


def _statements(context: Context) -> Iterator[tuple[Edit, ...]]:
    """Yield the edits for each place that has syntax of Python 2 only."""
    tokens = context.tokens
    for index in print_statements(context):
        yield tuple(print_edits(context, index))
    for line in context.lines:
        yield exception_edits(context, line)
    for first, last in backticks(context) if "`" in context.region.text else ():
        yield repr_edits(context, first, last)
    for index, token in enumerate(tokens):
        if token.kind == "number":
            yield tuple(number_edits(context, index))[:1]
        elif token.kind == "string" and token.text[:1] in "uU":
            yield tuple(edit for edit, _ in prefix_edits(context, index))[:1]
        elif token.text == "<>":
            yield (context.edit(token.start, token.end, "!="),)
        elif token.text == "raise":
            yield raise_edits(context, index)
        elif token.text in ("def", "lambda"):
            yield parameter_edits(context, index)
