"""Compare with a literal by `==` instead of `is`: `n is 4` becomes `n == 4`, and `n is not 4` becomes `n != 4`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_IS = re.compile(r"\bis\b(?:\s+not\b)?")
_WARNED = ("", "SyntaxWarning", '"is" with a literal. Did you mean "=="?')


@fixer(
    handles=RUN,
    errors=("SyntaxWarning",),
    examples=[
        Example("$0ok = n is 4\n", "ok = n == 4\n", _WARNED),
        Example("$0while a is not '' and b is 'x':\n    go()\n", "while a != '' and b == 'x':\n    go()\n", _WARNED),
    ],
)
def compare_literal(context: Context) -> Iterator[Candidate]:
    if not context.problem.message.startswith('"is'):
        return
    tree = file_tree_of(context)
    found = sorted({edit for compare in tree.here(ast.Compare) for edit in _edits(tree, compare)})
    if len(found) > 1:
        yield Candidate(tuple(found), f"Compare the literals by value ({len(found)} places)")
    for edit in found:
        old = tree.text[edit.span.start : edit.span.end]
        yield Candidate((edit,), f"Replace `{old}` with `{edit.text}`")


def _edits(tree: FileTree, compare: ast.Compare) -> Iterator[Edit]:
    """Yield the edits of a comparison that replace its `is` beside a literal."""
    operands = [compare.left, *compare.comparators]
    for (left, right), operator in zip(pairwise(operands), compare.ops, strict=True):
        if not isinstance(operator, (ast.Is, ast.IsNot)) or not (_is_literal(left) or _is_literal(right)):
            continue
        found = _IS.search(tree.text, tree.span(left).end, tree.span(right).start)
        if found:
            yield Edit(Span(*found.span()), "==" if isinstance(operator, ast.Is) else "!=")


def _is_literal(node: ast.expr) -> bool:
    """Return whether the compiler warns of a comparison by `is` with this operand."""
    if isinstance(node, ast.Constant):
        return node.value is not None and node.value is not ... and not isinstance(node.value, bool)
    if isinstance(node, ast.UnaryOp):
        return _is_literal(node.operand)
    return isinstance(node, ast.Tuple) and all(map(_is_literal, node.elts))
