"""Put the message of a `raise` into the brackets of a call: `raise ValueError "x"` becomes `raise ValueError("x")`;
`throw new Error("x")` becomes `raise Exception("x")`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.enclosing import in_brackets, own_lines
from quickfix_ls.languages.python.fixers.statements import end_of, find_top
from quickfix_ls.languages.python.lexer import OPENERS
from quickfix_ls.values import Candidate, Edit

_EXCEPTIONS = {"Error": "Exception", "RuntimeException": "RuntimeError", "IllegalArgumentException": "ValueError"}


@fixer(
    handles="syntax",
    examples=[
        Example('raise ValueError "too small"\n', 'raise ValueError("too small")\n'),
        Example('raise errors.Bad f"no {n}" from e\n', 'raise errors.Bad(f"no {n}") from e\n'),
        Example('raise ValueError: "too small"\n', 'raise ValueError("too small")\n'),
        Example('throw new Error("too small")\n', 'raise Exception("too small")\n'),
        Example("raise new ValueError(n)\n", "raise ValueError(n)\n"),
    ],
    leaves=['raise ValueError, "x"\n', 'raise ValueError("x"\n'],
)
def call_exception(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all such statements of the function."""
    lines = own_lines(context)
    if not any(_edits(context, index) for index in lines if abs(index - context.line) <= 1):
        return
    edits = [edit for index in lines for edit in _edits(context, index)]
    near = min((index for index in lines if _edits(context, index)), key=lambda index: abs(index - context.line))
    line = context.lines[near]
    name = next(token.text for token in context.tokens[line.first + 1 : line.last] if token.text != "new")
    yield Candidate(tuple(edits), f"Raise a call: `{beginning(_EXCEPTIONS.get(name, name))}(…)`")


def _edits(context: Context, index: int) -> list[Edit]:
    tokens, line = context.tokens, context.lines[index]
    head = tokens[line.first]
    last = min(end_of(tokens, line.first), len(tokens))
    if head.text not in ("raise", "throw") or in_brackets(context, index):
        return []
    edits = [context.edit(head.start, head.end, "raise")] if head.text != "raise" else []
    first = line.first + 1
    if first + 1 < last and tokens[first].text == "new":
        edits.append(context.edit(tokens[first].start, tokens[first + 1].start, ""))
        first += 1
    if first >= last or tokens[first].kind != "name":
        return []
    new = _EXCEPTIONS.get(tokens[first].text)
    if new is not None and edits:
        edits.append(context.edit(tokens[first].start, tokens[first].end, new))
    while first + 2 < last and tokens[first + 1].text == "." and tokens[first + 2].kind == "name":
        first += 2
    return edits + _call_edits(context, first, last)


def _call_edits(context: Context, name: int, last: int) -> list[Edit]:
    """Return the edits that put what follows an exception's name into brackets; none if it is called already."""
    tokens = context.tokens
    value = name + 1 + (name + 1 < last and tokens[name + 1].text in (":", "="))
    if value >= last:
        return []
    end = find_top(tokens, value, last, ("from",)) or last
    begins = tokens[value].kind in ("string", "name", "number") or (value > name + 1 and tokens[value].text in OPENERS)
    if not begins or end == value:
        return []
    return [
        context.edit(tokens[name].end, tokens[value].start, "("),
        context.edit(tokens[end - 1].end, tokens[end - 1].end, ")"),
    ]
