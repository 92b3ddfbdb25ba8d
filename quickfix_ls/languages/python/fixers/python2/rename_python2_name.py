"""Replace a Python 2 builtin with its Python 3 name: `xrange` becomes `range`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import replace_uses, token_at
from quickfix_ls.values import Candidate

_NAMES = {
    "unicode": ("str",), "basestring": ("str",), "xrange": ("range",), "raw_input": ("input",), "long": ("int",),
    "unichr": ("chr",), "StandardError": ("Exception",), "file": ("open",), "buffer": ("memoryview",),
    "izip": ("zip",), "imap": ("map",), "ifilter": ("filter",), "maketrans": ("str.maketrans",),
}  # fmt: skip


@fixer(
    handles="name",
    examples=[
        Example("for i in xrange(3):\n    print(i)\n", "for i in range(3):\n    print(i)\n"),
        Example("x = raw_input('name: ')\n", "x = input('name: ')\n"),
        Example("x = isinstance('a', basestring)\n", "x = isinstance('a', str)\n"),
        Example("x = [unichr(1), unichr(2)]\n", "x = [chr(1), chr(2)]\n"),
        Example("t = maketrans('a', 'b')\n", "t = str.maketrans('a', 'b')\n"),
    ],
    leaves=["print(file)\n"],
)
def rename_python2_name(context: Context) -> Iterator[Candidate]:
    name = context.problem.name
    if name == "file" and not _is_called(context):
        return
    for new in _NAMES.get(name, ()):
        yield from replace_uses(context, new)


def _is_called(context: Context) -> bool:
    index = token_at(context)
    return index is not None and index + 1 < len(context.tokens) and context.tokens[index + 1].text == "("
