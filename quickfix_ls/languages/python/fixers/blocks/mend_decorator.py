"""Fix a decorator: remove punctuation after it, put the `def` on its own line, or remove a decorator that decorates
nothing. `@foo def f():` becomes two lines."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import indentation_of, lines_near
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("@foo:\ndef f():\n    pass\n", "@foo\ndef f():\n    pass\n"),
        Example("@foo def f():\n    pass\n", "@foo\ndef f():\n    pass\n"),
        Example("@ foo;\ndef f():\n    pass\n", "@ foo\ndef f():\n    pass\n"),
        Example("class A:\n    @property\n    size = 3\n", "class A:\n    size = 3\n"),
        Example("staticmethod\n@def f():\n    pass\n", "staticmethod\ndef f():\n    pass\n"),
    ],
    leaves=["@foo\ndef f()\n    pass\n"],
)
def mend_decorator(context: Context) -> Iterator[Candidate]:
    for line in lines_near(context, 2, 0):
        tokens = context.tokens
        sign, last = tokens[line.first], tokens[line.last - 1]
        if sign.text != "@" or line.last - line.first < 2:
            continue
        if last.text in (":", ";", ","):
            yield Candidate((context.edit(last.start, last.end, ""),), f"Remove the `{last.text}` after the decorator")
        following = next((below for below in context.lines if below.first >= line.last), None)
        if following is None or tokens[following.first].text not in ("def", "class", "async", "@"):
            end = following.start if following is not None else len(context.region.text)
            yield Candidate(
                (context.edit(line.start, end, ""),), f"Remove `{line.text(tokens)[:40]}`, which decorates nothing"
            )
        for index in range(line.first + 1, line.last):
            if tokens[index].text in ("def", "class", "async"):
                before = tokens[index - 1]
                if index == line.first + 1:
                    yield Candidate((context.edit(sign.start, sign.end, ""),), "Remove the `@`")
                else:
                    new = "\n" + indentation_of(context, line)
                    edit = context.edit(before.end, tokens[index].start, new)
                    yield Candidate((edit,), f"Put `{tokens[index].text}` on a line of its own")
                break
