"""Replace `condition ? a : b` with `a if condition else b`, also where one is in the other, or the condition has
operators of other languages: `a && !b ? 1 : 2` becomes `1 if a and not b else 2`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.faulty_operators import faulty_operators
from quickfix_ls.languages.python.fixers.punctuation.mend_operators import operator_edits
from quickfix_ls.languages.python.fixers.statements import find_top, is_near, operand_start
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.values import Candidate, apply_edits

_STOPS = frozenset({"=", "+=", "-=", "return", ",", ":", ";", "yield", "(", "[", "{", "?", "lambda"})
_MAX_DEPTH = 5


@fixer(
    handles="syntax",
    examples=[
        Example("x = c ? a : b\n", "x = a if c else b\n"),
        Example("return_value(n > 1 ? f(n, 2) : 0, 3)\n", "return_value(f(n, 2) if n > 1 else 0, 3)\n"),
        Example("print((x == 1) ? 'one' : 'many');\n", "print('one' if (x == 1) else 'many');\n"),
        Example("def f(x):\n    return x ? 1 : 0\n", "def f(x):\n    return 1 if x else 0\n"),
        Example("x = c ? 1 : d ? 2 : 3\n", "x = 1 if c else 2 if d else 3\n"),
        Example("x = c ? d ? 1 : 2 : 3\n", "x = (1 if d else 2) if c else 3\n"),
        Example("x = a && !b ? 1 : 2\n", "x = 1 if a and not b else 2\n"),
    ],
    leaves=["x = c ? a\n"],
)
def translate_ternary(context: Context) -> Iterator[Candidate]:
    if "?" not in context.region.text:
        return
    tokens = context.tokens
    covered = -1
    for mark, token in enumerate(tokens):
        if token.text != "?" or mark < covered or not is_near(context, token.start):
            continue
        first = operand_start(tokens, mark, _STOPS)
        last = _operand_end(context, first)
        new = _written(context, first, last)
        if new and first < mark:
            covered = last
            edit = context.edit(tokens[first].start, tokens[last - 1].end, new)
            yield Candidate((edit,), f"Write it as `{beginning(new)}`")


def _written(context: Context, first: int, last: int, depth: int = 0) -> str:
    """Return the expression of the tokens [first, last) with conditional expressions of Python; an empty string if a
    `?` has no `:`, or an operand is missing."""
    tokens = context.tokens
    mark = find_top(tokens, first, last, ("?",))
    if first >= last or depth > _MAX_DEPTH:
        return ""
    if mark is None:
        return _with_operators(context, first, last)
    colon = _matching_colon(context, mark, last)
    if colon is None or first == mark:
        return ""
    yes, no = _written(context, mark + 1, colon, depth + 1), _written(context, colon + 1, last, depth + 1)
    if not yes or not no:
        return ""
    if find_top(tokens, mark + 1, colon, ("?",)) is not None:
        yes = f"({yes})"
    return f"{yes} if {_with_operators(context, first, mark)} else {no}"


def _matching_colon(context: Context, mark: int, last: int) -> int | None:
    """Return the `:` that belongs to a `?`."""
    tokens, open_marks, index = context.tokens, 0, mark + 1
    while (found := find_top(tokens, index, last, ("?", ":"))) is not None:
        if tokens[found].text == ":" and not open_marks:
            return found
        open_marks += 1 if tokens[found].text == "?" else -1
        index = found + 1
    return None


def _with_operators(context: Context, first: int, last: int) -> str:
    """Return the text of the tokens [first, last) with Python's operators."""
    start = context.tokens[first].start
    text = context.text_of(first, last)
    edits = [edit for fault in faulty_operators(context.tokens, first, last) for edit in operator_edits(context, fault)]
    return apply_edits(text, edits, context.region.start + start)


def _operand_end(context: Context, index: int) -> int:
    """Return the index after the expression that begins at `index`; a colon after a statement's header ends it."""
    tokens, depth, marks = context.tokens, 0, 0
    for at in range(index, len(tokens)):
        token = tokens[at]
        depth -= token.text in CLOSERS
        is_end = token.text in (",", ";") or token.kind in ("newline", "comment")
        if depth < 0 or (depth == 0 and is_end):
            return at
        if depth == 0 and token.text in ("?", ":"):
            marks += 1 if token.text == "?" else -1
            if marks < 0:
                return at
        depth += token.text in OPENERS
    return len(tokens)
