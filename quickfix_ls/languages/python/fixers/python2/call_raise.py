"""Turn the `raise` statement of Python 2 into a call: `raise E, "message"` becomes `raise E("message")`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import begins_statement_at, end_of, is_near, split_top
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="syntax",
    translates=True,
    examples=[
        Example('raise ValueError, "too small"\n', 'raise ValueError("too small")\n'),
        Example("if x: raise Error, (1, 2)\n", "if x: raise Error(1, 2)\n"),
        Example("raise Error, None, trace\n", "raise Error().with_traceback(trace)\n"),
        Example("raise Error, value, trace\n", "raise Error(value).with_traceback(trace)\n"),
    ],
    leaves=["raise ValueError('a'\n"],
)
def call_raise(context: Context) -> Iterator[Candidate]:
    for index in range(max(0, context.at - 12), min(len(context.tokens), context.at + 3)):
        edits = raise_edits(context, index)
        if edits and is_near(context, context.tokens[index].start):
            comma = split_top(context.tokens, index + 1, len(context.tokens))[0][1]
            yield Candidate(edits, f"Raise a call: `{beginning(context.text_of(index + 1, comma))}(…)`")


def raise_edits(context: Context, index: int) -> tuple[Edit, ...]:
    """Return the edits for the statement that begins at a token; empty if it is not a Python 2 `raise`."""
    tokens = context.tokens
    if tokens[index].text != "raise" or not begins_statement_at(tokens, index):
        return ()
    pieces = split_top(tokens, index + 1, end_of(tokens, index))
    if len(pieces) not in (2, 3) or any(first >= last for first, last in pieces):
        return ()
    (_, named), (first, last) = pieces[:2]
    before, value, end = tokens[named - 1], tokens[first], tokens[last - 1]
    start, opening, closing = value.start, "(", ")"
    if value.text == "(" and context.brackets.partner.get(first) == last - 1:
        opening = closing = ""  # a tuple holds the arguments
    elif context.text_of(first, last) == "None":
        start = value.end
    edits = [context.edit(before.end, start, opening)]
    if len(pieces) == 2:
        edits.append(context.edit(end.end, end.end, closing))
    else:
        trace, trace_end = tokens[pieces[2][0]], tokens[pieces[2][1] - 1].end
        edits.append(context.edit(end.end, trace.start, f"{closing}.with_traceback("))
        edits.append(context.edit(trace_end, trace_end, ")"))
    return tuple(edit for edit in edits if edit.text or edit.span.start < edit.span.end)
