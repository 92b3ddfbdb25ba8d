"""Turn Python 2's `print >>file, x`, which compiles but fails at run time, into `print(x, file=file)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.python2.call_print import print_edits, print_statements
from quickfix_ls.values import Candidate


@fixer(
    handles="name",
    translates=True,
    errors=("TypeError",),
    examples=[
        Example('import sys\nprint >>sys.stderr, "no"\n', 'import sys\nprint("no", file=sys.stderr)\n'),
    ],
)
def redirect_print(context: Context) -> Iterator[Candidate]:
    if context.problem.name != "print":
        return
    for index in print_statements(context):
        if context.tokens[index].start == context.offset:
            yield Candidate(tuple(print_edits(context, index)), "Call `print` as a function, with `file=`")
