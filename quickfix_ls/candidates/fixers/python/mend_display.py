"""Put the entries of a dictionary into braces rather than other brackets, and call what stands before a brace."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.candidates.statements import find_top, is_near
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("d = ['a': 1, 'b': 2]\n", "d = {'a': 1, 'b': 2}\n"),
        Example("d = ('a': 1, 'b': 2)\n", "d = {'a': 1, 'b': 2}\n"),
        Example("frame = DataFrame{'a': [1, 2]}\n", "frame = DataFrame({'a': [1, 2]})\n"),
        Example("x = f{1}\n", "x = f(1)\n"),
    ],
)
def mend_display(context: Context) -> Iterator[Candidate]:
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
        elif text == "{" and called and closing.text == "}":
            around = (context.edit(opening.start, opening.start, "("), context.edit(closing.end, closing.end, ")"))
            instead = (context.edit(opening.start, opening.end, "("), context.edit(closing.start, closing.end, ")"))
            yield Candidate(around, "Call it with the braces: `({…})`")
            yield Candidate(instead, "Call it: replace `{…}` with `(…)`")
