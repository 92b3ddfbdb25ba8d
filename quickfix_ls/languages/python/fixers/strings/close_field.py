"""Close a field of an f-string behind its expression and format: `f"{price:.2f"` becomes `f"{price:.2f}"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.fstring_fields import (
    OPERAND,
    SPEC,
    Field,
    FormatString,
    broken_fstrings,
    is_expression,
)
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.values import Candidate

_OPERATED = re.compile(rf"\s*(?:{OPERAND}|\d[\d.]*)(?:\s*(?:[-+*/%]|//|\*\*)\s*(?:{OPERAND}|\d[\d.]*))*")
_SIMPLE = re.compile(rf"\s*{OPERAND}")
_FORMAT = re.compile(rf"(?:![rsa](?!\w))?(?::{SPEC})?")
_NESTED = re.compile(r":\{[\w.]+\}?")
_RUN = re.compile(r"[\w.\[\]()'\"]+")


@fixer(
    handles="syntax",
    examples=[
        Example('print(f"{x")\n', 'print(f"{x}")\n'),
        Example('print(f"{cost:.2f EUR")\n', 'print(f"{cost:.2f} EUR")\n'),
        Example('print(f"{name is {age}")\n', 'print(f"{name} is {age}")\n'),
        Example('print(f"{len(rows) rows")\n', 'print(f"{len(rows)} rows")\n'),
        Example('print(f"{a + b = {c}")\n', 'print(f"{a + b} = {c}")\n'),
        Example('print(f"{name)!")\n', 'print(f"{name}!")\n'),
        Example("print(f\"{d['a'\")\n", "print(f\"{d['a']}\")\n"),
        Example('print(f"{day:%d.%m. %H:%M o clock")\n', 'print(f"{day:%d.%m. %H:%M} o clock")\n'),
    ],
    leaves=['print(f"{a b}")\n'],
)
def close_field(context: Context) -> Iterator[Candidate]:
    for string in broken_fstrings(context):
        for field in string.fields:
            if field.closing is None:
                yield from _closed(context, string, field)
            elif field.missing and not field.missing.strip(")]"):
                yield from _with_brackets(context, string, field)


def _closed(context: Context, string: FormatString, field: Field) -> Iterator[Candidate]:
    body, start = string.parts.body, string.start
    seen: set[int] = set()
    for expression in (_SIMPLE.match(body, field.opening + 1), _OPERATED.match(body, field.opening + 1)):
        if expression is None or not is_expression(expression.group()):
            continue
        formatted = _NESTED.match(body, expression.end()) or _FORMAT.match(body, expression.end())
        end = formatted.end() if formatted else expression.end()
        if end in seen:
            continue
        seen.add(end)
        shown = beginning(body[field.opening : end])
        closer = body[end : end + 1]
        if closer in CLOSERS and closer != "}" and _is_surplus(body[: end + 1], closer):
            yield Candidate(
                (context.edit(start + end, start + end + 1, "}"),), f"Replace `{closer}` with `}}` behind `{shown}`"
            )
        else:
            yield Candidate((context.edit(start + end, start + end, "}"),), f"Close the field: `{shown}}}`")
    run = _RUN.match(body, field.opening + 1)
    closers = _open_brackets(run.group()) if run else ""
    if run and closers and is_expression(run.group() + closers):
        text = f"{body[field.opening : run.end()]}{closers}}}"
        yield Candidate((context.edit(start + run.end(), start + run.end(), closers + "}"),), f"Close it: `{text}`")
    if not seen and not closers:
        yield Candidate((context.edit(start + field.opening, start + field.opening, "{"),), "Double the brace: `{{`")
        yield Candidate((context.edit(start + field.opening, start + field.opening + 1, ""),), "Remove the stray `{`")


def _with_brackets(context: Context, string: FormatString, field: Field) -> Iterator[Candidate]:
    """Yield a candidate that closes the brackets in the expression of a field: `{max(a, b}`."""
    expression = field.expression(string.parts.body)
    at = string.start + field.end
    if is_expression(expression + field.missing):
        shown = beginning(expression + field.missing)
        yield Candidate((context.edit(at, at, field.missing),), f"Close the bracket: `{shown}`")


def _is_surplus(text: str, closer: str) -> bool:
    """Return whether a text has more closing brackets of a kind than opening ones."""
    return text.count(closer) > text.count(CLOSERS[closer])


def _open_brackets(text: str) -> str:
    """Return the brackets that close those which a text leaves open; empty if another bracket is wrong."""
    stack: list[str] = []
    quote = ""
    for char in text:
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in OPENERS:
            stack.append(OPENERS[char])
        elif char in CLOSERS and (not stack or stack.pop() != char):
            return ""
    return "" if quote else "".join(reversed(stack))
