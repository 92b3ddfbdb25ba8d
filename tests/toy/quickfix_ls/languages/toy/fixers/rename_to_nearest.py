from collections.abc import Iterator

from rapidfuzz import process

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate, Edit


@fixer(handles="name", errors=("Undefined",), examples=[Example("ab = 1\nc = abb", "ab = 1\nc = ab")])
def rename_to_nearest(context: Context) -> Iterator[Candidate]:
    for name, _, _ in process.extract(context.problem.name, list(context.index.summary.defined), limit=1):
        yield Candidate((Edit(context.problem.span, name),), f"Write `{name}`")
