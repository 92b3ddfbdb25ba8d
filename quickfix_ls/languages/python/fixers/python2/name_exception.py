"""Turn `except E, e:` of Python 2 into `except E as e:`, or put several exceptions into a tuple."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import find_top, indentation_of
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="syntax",
    examples=[
        Example(
            "try:\n    go()\nexcept IOError, e:\n    print(e)\n",
            "try:\n    go()\nexcept IOError as e:\n    print(e)\n",
        ),
        Example(
            "try:\n    go()\nexcept IOError e:\n    print(e)\n",
            "try:\n    go()\nexcept IOError as e:\n    print(e)\n",
        ),
        Example(
            "try:\n    go()\nexcept ValueError, TypeError:\n    stop()\n",
            "try:\n    go()\nexcept (ValueError, TypeError):\n    stop()\n",
        ),
        Example(
            "try:\n    go()\nexcept OSError, (code, message):\n    print(code)\n",
            "try:\n    go()\nexcept OSError as error:\n    code, message = error.args\n    print(code)\n",
        ),
        Example(
            "try:\n    go()\nexcept (A, B), e:\n    print(e)\n",
            "try:\n    go()\nexcept (A, B) as e:\n    print(e)\n",
        ),
    ],
    leaves=["try:\n    go()\nexcept ValueError as e\n    stop()\n"],
)
def name_exception(context: Context) -> Iterator[Candidate]:
    for line in context.lines[max(0, context.line - 1) : context.line + 2]:
        edits = exception_edits(context, line)
        if edits:
            yield Candidate(edits, f"Name the exception: `{context.text_of(line.first, line.first + 2)} as …`")
        tokens = context.tokens[line.first : line.last]
        if len(tokens) < 4 or tokens[0].text != "except" or tokens[-1].text != ":":
            continue
        first, last = tokens[1], tokens[-2]
        if last.kind == "name" and tokens[-3].kind == "name" and len(tokens) == 4 + 2 * (tokens[2].text == "."):
            named = f"Name the exception: `as {last.text}`"
            yield Candidate((context.edit(tokens[-3].end, last.start, " as "),), named)
        if first.text != "(" and any(token.text == "," for token in tokens):
            yield Candidate(
                (context.edit(first.start, first.start, "("), context.edit(last.end, last.end, ")")),
                f"Put the exceptions into a tuple: `({context.region.text[first.start : last.end]})`",
            )


def exception_edits(context: Context, line: Line) -> tuple[Edit, ...]:
    """Return the edits that turn the comma of a Python 2 `except` into `as`, and unpack a tuple target in the body;
    empty for any other line."""
    tokens = context.tokens
    colon = find_top(tokens, line.first, line.last, (":",))
    comma = find_top(tokens, line.first, colon, (",",)) if colon is not None else None
    if colon is None or comma is None or comma < line.first + 2 or tokens[line.first].text != "except":
        return ()
    before, target = tokens[comma - 1], tokens[comma + 1]
    if comma + 2 == colon and target.kind == "name":
        return (context.edit(before.end, target.start, " as "),)
    body = next((below for below in context.lines if below.first > colon), None)
    if target.text != "(" or tokens[colon - 1].text != ")" or colon + 1 < line.last or body is None:
        return ()
    if body.indent <= line.indent:
        return ()
    names = context.text_of(comma + 2, colon - 1)
    unpack = f"{indentation_of(context, body)}{names} = error.args\n"
    return (
        context.edit(before.end, tokens[colon - 1].end, " as error"),
        context.edit(body.start, body.start, unpack),
    )
