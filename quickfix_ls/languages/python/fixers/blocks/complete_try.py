"""Add `finally: pass` to a `try` without `except` and `finally`; unlike an added `except`, it hides no error."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.values import Candidate

_MAX_LINES = 60


@fixer(
    handles="syntax",
    examples=[
        Example("try:\n    go()\nstop()\n", "try:\n    go()\nfinally:\n    pass\nstop()\n"),
        Example("def f():\n    try:\n        go()\n", "def f():\n    try:\n        go()\n    finally:\n        pass\n"),
    ],
)
def complete_try(context: Context) -> Iterator[Candidate]:
    for index in range(min(context.line, len(context.lines) - 1), max(-1, context.line - _MAX_LINES), -1):
        line = context.lines[index]
        if context.tokens[line.first].text != "try":
            continue
        last = index
        while last + 1 < len(context.lines) and context.lines[last + 1].indent > line.indent:
            last += 1
        after = context.lines[last + 1] if last + 1 < len(context.lines) else None
        if last == index or (
            after is not None
            and after.indent == line.indent
            and context.tokens[after.first].text in ("except", "finally", "else")
        ):
            return
        white, inner = indentation_of(context, line), indentation_of(context, context.lines[index + 1])
        newline = context.region.text.find("\n", context.tokens[context.lines[last].last - 1].end)
        place = newline + 1 if newline >= 0 else len(context.region.text)
        text = f"{white}finally:\n{inner}pass\n" if newline >= 0 else f"\n{white}finally:\n{inner}pass"
        yield Candidate(
            (context.edit(place, place, text),), "Complete the `try` with an empty `finally`", safety="needs-a-look"
        )
        return
