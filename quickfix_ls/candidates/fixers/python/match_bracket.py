"""Make a closing bracket match the bracket that it closes."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.tokens import CLOSERS, OPENERS
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("x = [1, 2)\n", "x = [1, 2]\n"),
        Example("x = (1, 2]\n", "x = [1, 2]\n"),
        Example("foo(bar[1)\n", "foo(bar[1])\n"),
        Example("d = {'a': [1, 2}\n", "d = {'a': [1, 2]}\n"),
    ],
)
def match_bracket(context: Context) -> Iterator[Candidate]:
    for opener_index, closer_index in context.brackets.mismatched:
        opener, closer = context.tokens[opener_index], context.tokens[closer_index]
        if min(abs(opener.start - context.offset), abs(closer.start - context.offset)) > 600:
            continue
        wanted, partner = OPENERS[opener.text], CLOSERS[closer.text]
        yield Candidate((context.edit(closer.start, closer.end, wanted),), f"Replace `{closer.text}` with `{wanted}`")
        yield Candidate(
            (context.edit(closer.start, closer.start, wanted),),
            f"Add `{wanted}` before `{closer.text}`",
        )
        yield Candidate((context.edit(opener.start, opener.end, partner),), f"Replace `{opener.text}` with `{partner}`")
        inner = context.tokens[closer_index - 1]
        if inner.text in CLOSERS and CLOSERS[inner.text] != opener.text and closer_index - 1 > opener_index:
            yield Candidate(
                (context.edit(inner.start, closer.end, closer.text + inner.text),),
                f"Swap `{inner.text}` and `{closer.text}`",
            )
