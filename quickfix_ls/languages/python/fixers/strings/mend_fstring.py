"""Fix the inside of an f-string: quotes that end it early, unpaired or empty braces, and unclosed brackets in a
field. `f"{x"` becomes `f"{x}"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning, ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate

_PREFIX = re.compile(r"(?i:f|fr|rf)(\"\"\"|'''|\"|')")
_FIELD_END = re.compile(r"[\w.\[\]()'\"]*")


@fixer(
    handles="syntax",
    examples=[
        Example('print(f"{x")\n', 'print(f"{x}")\n'),
        Example('print(f"{name is {age}")\n', 'print(f"{name} is {age}")\n'),
        Example('print(f"x}")\n', 'print(f"{x}")\n'),
        Example('print(f"{}", x)\n', 'print("{}", x)\n'),
        Example('print(f"{} and {x}")\n', 'print(f"{{}} and {x}")\n'),
        Example('print(f"{max(a, b}")\n', 'print(f"{max(a, b)}")\n'),
    ],
    leaves=["x = 'a' f\n"],
)
def mend_fstring(context: Context) -> Iterator[Candidate]:
    for index in range(max(0, context.at - 8), min(len(context.tokens), context.at_end + 4)):
        token = context.tokens[index]
        opening = _PREFIX.match(token.text) if token.kind == "string" else None
        if opening is not None and is_near(context, token.start):
            yield from _rebraced(context, token, opening.end(), len(opening.group(1)))


def _rebraced(context: Context, token: Token, head: int, quotes: int) -> Iterator[Candidate]:
    body = token.text[head : len(token.text) - quotes]
    start = token.start + head
    opened: int | None = None
    index = 0
    while index < len(body):
        char = body[index]
        if char == "{" and opened is None:
            if body[index + 1 : index + 2] == "{":
                index += 1
            else:
                opened = index
        elif char == "{" and opened is not None:
            yield from _close_field(context, body, start, opened)
            opened = index
        elif char == "}" and opened is not None:
            yield from _field(context, token, body, start, opened, index)
            opened = None
        elif char == "}":
            if body[index + 1 : index + 2] == "}":
                index += 1
            else:
                yield from _open_field(context, body, start, index)
        index += 1
    if opened is not None:
        yield from _close_field(context, body, start, opened)


def _close_field(context: Context, body: str, start: int, opened: int) -> Iterator[Candidate]:
    """Yield candidates for a field that is never closed: close it after its name or at the end of the string, double
    its brace or remove it."""
    name = _FIELD_END.match(body, opened + 1)
    for at in dict.fromkeys((name.end() if name else opened + 1, len(body))):
        if at > opened + 1:
            yield Candidate(
                (context.edit(start + at, start + at, "}"),), f"Close the field: `{beginning(body[opened:at])}}}`"
            )
    yield Candidate((context.edit(start + opened, start + opened, "{"),), "Double the brace: `{{`")
    yield Candidate((context.edit(start + opened, start + opened + 1, ""),), "Remove the stray `{`")


def _open_field(context: Context, body: str, start: int, closed: int) -> Iterator[Candidate]:
    name = re.search(r"[\w.\[\]()]+$", body[:closed])
    if name:
        at = start + name.start()
        yield Candidate((context.edit(at, at, "{"),), f"Open the field: `{{{beginning(name.group())}}}`")
    yield Candidate((context.edit(start + closed, start + closed, "}"),), "Double the brace: `}}`")
    yield Candidate((context.edit(start + closed, start + closed + 1, ""),), "Remove the stray `}`")


def _field(context: Context, token: Token, body: str, start: int, opened: int, closed: int) -> Iterator[Candidate]:
    inner = body[opened + 1 : closed]
    if not inner.strip():
        edits = (
            context.edit(start + opened, start + opened, "{"),
            context.edit(start + closed, start + closed, "}"),
        )
        yield Candidate(edits, "Double the braces: `{{}}`")
        prefix = token.text[: token.text.index(token.text.lstrip("fFrR")[0])]
        plain = prefix.replace("f", "").replace("F", "")
        yield Candidate((context.edit(token.start, token.start + len(prefix), plain),), "Make it a plain string")
        return
    missing: list[str] = []
    for char in inner:
        if char in OPENERS:
            missing.append(OPENERS[char])
        elif char in CLOSERS and missing and missing[-1] == char:
            missing.pop()
    if missing:
        closers = "".join(reversed(missing))
        yield Candidate(
            (context.edit(start + closed, start + closed, closers),), f"Close the bracket: `{ending(inner)}{closers}`"
        )
