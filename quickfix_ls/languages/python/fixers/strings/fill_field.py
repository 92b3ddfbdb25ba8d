"""Fix an f-string with fields that have no expression: without `f` where `.format` fills them, with the arguments
behind it, or with doubled braces. `f"{} files".format(n)` becomes `"{} files".format(n)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.fstring_fields import Field, FormatString, broken_fstrings
from quickfix_ls.languages.python.fixers.statements import split_top
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example('print(f"{} files".format(n))\n', 'print("{} files".format(n))\n'),
        Example('print(f"{:.2f}".format(n))\n', 'print("{:.2f}".format(n))\n'),
        Example('print(f"{}", x)\n', 'print("{}", x)\n'),
        Example('print(f"{} of {}", x, y)\n', 'print(f"{x} of {y}")\n'),
        Example('print(f"{} and {x}")\n', 'print(f"{{}} and {x}")\n'),
    ],
    leaves=['print(f"{x")\n'],
)
def fill_field(context: Context) -> Iterator[Candidate]:
    for string in broken_fstrings(context):
        empty = [field for field in string.fields if not field.expression(string.parts.body).strip()]
        empty = [field for field in empty if field.closing is not None]
        if not empty:
            continue
        if _is_formatted(context, string):
            yield _without_prefix(context, string)
            continue
        yield from _filled(context, string, empty)
        if len(empty) == len(string.fields):
            yield _without_prefix(context, string)
        edits = [
            context.edit(string.start + at, string.start + at, string.parts.body[at])
            for field in empty
            for at in (field.opening, field.closing or field.opening)
        ]
        yield Candidate(tuple(edits), "Double the braces: `{{` and `}}`")


def _is_formatted(context: Context, string: FormatString) -> bool:
    """Return whether the string's method `format` is called."""
    after = context.region.text[string.token.end :].lstrip()
    return after.startswith(".format(") or after.startswith(".format_map(")


def _without_prefix(context: Context, string: FormatString) -> Candidate:
    token, prefix = string.token, string.parts.prefix
    plain = prefix.replace("f", "").replace("F", "")
    return Candidate((context.edit(token.start, token.start + len(prefix), plain),), "Remove the `f` before the string")


def _filled(context: Context, string: FormatString, empty: list[Field]) -> Iterator[Candidate]:
    """Yield a candidate that puts the arguments behind the string into its fields, if these are as many."""
    tokens = context.tokens
    index = tokens.index(string.token)
    opener = index - 1
    closer = context.brackets.partner.get(opener)
    if closer is None or tokens[opener].text != "(":
        return
    first, *others = split_top(tokens, opener + 1, closer)
    if first != (index, index + 1) or len(others) != len(empty):
        return
    texts = [context.text_of(*other) for other in others]
    if any(not text or "=" in text or '"' in text or "'" in text for text in texts):
        return
    edits = [
        context.edit(string.start + field.opening + 1, string.start + field.opening + 1, text)
        for field, text in zip(empty, texts, strict=True)
    ]
    edits.append(context.edit(string.token.end, tokens[closer].start, ""))
    yield Candidate(tuple(edits), f"Put `{', '.join(texts)}` into the braces")
