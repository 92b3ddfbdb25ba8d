"""Replace the operators of a function that no Python program has, all together: `a && !b` becomes `a and not b`,
`x = = 3` becomes `x == 3`, `n + = 1` becomes `n += 1`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.faulty_operators import FaultyOperator, faulty_operators, needs_brackets
from quickfix_ls.languages.python.fixers.change_titles import title_of_edits
from quickfix_ls.languages.python.fixers.enclosing import own_lines, primary_end
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="syntax",
    examples=[
        Example("if a && !b || c:\n    go()\n", "if a and not b or c:\n    go()\n"),
        Example("if x = = 3:\n    go()\n", "if x == 3:\n    go()\n"),
        Example("def f(x):\n    x + = 1\n    return x***2\n", "def f(x):\n    x += 1\n    return x**2\n"),
        Example("while i < 3:\n    i++\n", "while i < 3:\n    i += 1\n"),
        Example("if x !in names:\n    go()\n", "if x not in names:\n    go()\n"),
        Example("if x is equal to 3:\n    go()\n", "if x == 3:\n    go()\n"),
        Example("x = = 3\n", "x = 3\n"),
        Example("if a == !b:\n    go()\n", "if a == (not b):\n    go()\n"),
    ],
    leaves=["x = [1, -2\n", "!pip install x\n", "f(x => x + 1)\n"],
)
def mend_operators(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all faulty operators of the function, and one for those of the problem's line."""
    lines = own_lines(context)
    if not lines:
        return
    first, last = context.lines[lines[0]].first, context.lines[lines[-1]].last
    low = context.lines[max(lines[0], context.line - 1)].first
    high = context.lines[min(lines[-1], context.line + 1)].last
    if not faulty_operators(context.tokens, low, high):
        return
    found = faulty_operators(context.tokens, first, last)
    here = context.lines[min(context.line, len(context.lines) - 1)]
    in_line = [fault for fault in found if here.first <= fault.first < here.last]
    for faults in (found, in_line) if 0 < len(in_line) < len(found) else (found,):
        edits = [edit for fault in faults for edit in operator_edits(context, fault)]
        yield Candidate(tuple(edits), title_of_edits(context, edits))


def operator_edits(context: Context, fault: FaultyOperator) -> list[Edit]:
    """Return the edits that replace a faulty operator: one, and one for a bracket that `not` needs."""
    tokens, text = context.tokens, context.region.text
    start, end = tokens[fault.first].start, tokens[fault.last - 1].end
    new = fault.new
    if new in ("not", "= not") and fault.last < len(tokens):
        end = tokens[fault.last].start
        new += " "
    if new == "not " and needs_brackets(tokens, fault.first):
        closing = tokens[primary_end(tokens, fault.last, context.brackets.partner) - 1].end
        return [context.edit(start, end, "(not "), context.edit(closing, closing, ")")]
    is_step = new.endswith("= 1")
    before = text[start - 1 : start]
    after = text[end : end + 1]
    head = " " if (is_step or new[0].isalpha()) and before and not before.isspace() and before not in "([{" else ""
    tail = " " if new[-1].isalpha() and after and not after.isspace() else ""
    return [context.edit(start, end, head + new + tail)]
