"""Complete the element of a comprehension: put a tuple into parentheses, or add a missing element.
`[a, b for a, b in rows]` becomes `[(a, b) for a, b in rows]`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("pairs = [a, b for a, b in rows]\n", "pairs = [(a, b) for a, b in rows]\n"),
        Example("total = sum(for i in rows)\n", "total = sum(i for i in rows)\n"),
        Example("names = [for var in rows if var.ok]\n", "names = [var for var in rows if var.ok]\n"),
        Example("d = {k, v for k, v in rows}\n", "d = {k: v for k, v in rows}\n"),
    ],
)
def wrap_comprehension(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(max(0, context.at - 30), min(len(tokens), context.at_end + 30)):
        if tokens[index].text != "for":
            continue
        opener = _opener(context, index)
        if opener is None:
            continue
        if opener == index - 1:
            yield from _add_element(context, index)
            continue
        yield from _wrap_tuple(context, opener, index)


def _opener(context: Context, index: int) -> int | None:
    depth = 0
    for place in range(index - 1, max(-1, index - 40), -1):
        text = context.tokens[place].text
        if text in CLOSERS:
            depth += 1
        elif text in OPENERS:
            if depth == 0:
                return place
            depth -= 1
    return None


def _add_element(context: Context, index: int) -> Iterator[Candidate]:
    tokens = context.tokens
    end = next((i for i in range(index + 1, min(index + 10, len(tokens))) if tokens[i].text == "in"), None)
    if end is not None and end > index + 1:
        target = context.text_of(index + 1, end)
        element = f"({target})" if "," in target and not target.startswith("(") else target
        yield Candidate(
            (context.edit(tokens[index].start, tokens[index].start, element + " "),),
            f"Add the element: `{element} for {target} in`",
        )


def _wrap_tuple(context: Context, opener: int, index: int) -> Iterator[Candidate]:
    tokens = context.tokens
    depth = 0
    commas = []
    for place in range(opener + 1, index):
        text = tokens[place].text
        depth += (text in OPENERS) - (text in CLOSERS)
        if text == "," and depth == 0:
            commas.append(place)
    if not commas:
        return
    start, end = tokens[opener + 1].start, tokens[index - 1].end
    shown = beginning(context.region.text[start:end])
    yield Candidate(
        (context.edit(start, start, "("), context.edit(end, end, ")")),
        f"Put the tuple into brackets: `({shown})`",
    )
    after = tokens[commas[-1] + 1].start
    if after < end and commas[-1] + 1 < index:
        yield Candidate(
            (context.edit(after, after, "("), context.edit(end, end, ")")),
            f"Put the generator's element into brackets: `({beginning(context.region.text[after:end])})`",
        )
    if tokens[opener].text == "{" and len(commas) == 1:
        comma = tokens[commas[0]]
        yield Candidate((context.edit(comma.start, comma.end, ":"),), "Replace `,` with `:`")
