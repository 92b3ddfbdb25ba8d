"""Put dictionary entries into braces instead of other brackets or none, and call a function with parentheses instead of
braces: `['a': 1]` becomes `{'a': 1}`, and `f{1}` becomes `f(1)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import find_top, is_near, lines_near
from quickfix_ls.languages.python.lexer import OPENERS
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("d = ['a': 1, 'b': 2]\n", "d = {'a': 1, 'b': 2}\n"),
        Example("d = ('a': 1, 'b': 2)\n", "d = {'a': 1, 'b': 2}\n"),
        Example("frame = DataFrame{'a': [1, 2]}\n", "frame = DataFrame({'a': [1, 2]})\n"),
        Example("x = f{1}\n", "x = f(1)\n"),
        Example("put('tea': 'green', 'n': 2)\n", "put({'tea': 'green', 'n': 2})\n"),
        Example("'a': 1, 'b': 2\n", "{'a': 1, 'b': 2}\n"),
        Example("d = {'a': 1, 'b'(2, 3), 'c': 4}\n", "d = {'a': 1, 'b': (2, 3), 'c': 4}\n"),
    ],
)
def mend_display(context: Context) -> Iterator[Candidate]:
    yield from _separate_keys(context)
    yield from _wrap_line(context)
    tokens = context.tokens
    for index in range(max(0, context.at - 40), min(len(tokens), context.at + 2)):
        text = tokens[index].text
        closer = context.brackets.partner.get(index)
        if (
            text not in ("[", "(", "{")
            or closer is None
            or closer <= index
            or not is_near(context, tokens[index].start)
        ):
            continue
        opening, closing = tokens[index], tokens[closer]
        before = tokens[index - 1] if index else None
        called = before is not None and before.kind == "name" and before.end == opening.start
        if text != "{" and find_top(tokens, index + 1, closer, (":",)) is not None and not called:
            edits = (
                context.edit(opening.start, opening.end, "{"),
                context.edit(closing.start, closing.end, "}"),
            )
            yield Candidate(edits, f"Replace `{text}…{closing.text}` with `{{…}}`")
        elif text == "(" and called and _begins_with_key(context, index):
            around = (context.edit(opening.end, opening.end, "{"), context.edit(closing.start, closing.start, "}"))
            yield Candidate(around, "Put the entries into braces: `({…})`")
        elif text == "{" and called and closing.text == "}":
            around = (context.edit(opening.start, opening.start, "("), context.edit(closing.end, closing.end, ")"))
            instead = (context.edit(opening.start, opening.end, "("), context.edit(closing.start, closing.end, ")"))
            yield Candidate(around, "Call it with the braces: `({…})`")
            yield Candidate(instead, "Call it: replace `{…}` with `(…)`")


def _separate_keys(context: Context) -> Iterator[Candidate]:
    """Add the `:` between a string and a bracket directly after it. The string must be a key, since a string cannot be
    called."""
    tokens = context.tokens
    for index in range(max(1, context.at - 60), min(len(tokens) - 1, context.at_end + 2)):
        key, value = tokens[index], tokens[index + 1]
        if key.kind == "string" and value.text in OPENERS and tokens[index - 1].text in ("{", ","):
            yield Candidate((context.edit(key.end, value.start, ": "),), f"Add `:` after `{ending(key.text)}`")


def _wrap_line(context: Context) -> Iterator[Candidate]:
    """Put a line that consists only of dictionary entries into braces."""
    tokens = context.tokens
    for line in lines_near(context, 0, 0):
        if tokens[line.first].kind == "string" and line.last - line.first > 2 and tokens[line.first + 1].text == ":":
            start, end = tokens[line.first].start, tokens[line.last - 1].end
            yield Candidate((context.edit(start, start, "{"), context.edit(end, end, "}")), "Put the line into braces")


def _begins_with_key(context: Context, opener: int) -> bool:
    tokens = context.tokens
    return opener + 2 < len(tokens) and tokens[opener + 1].kind == "string" and tokens[opener + 2].text == ":"
