"""Fix the syntax of a type alias: `type Point: …`, `typedef Point = …` and `type Point …` become `type Point = …`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import lines_near
from quickfix_ls.values import Candidate, Edit

_WORDS = frozenset({"type", "typedef", "alias", "typealias", "using"})


@fixer(
    handles="syntax",
    examples=[
        Example("type Point: tuple[int, int]\n", "type Point = tuple[int, int]\n"),
        Example("type Point: tuple[int, int]\n", "Point = tuple[int, int]\n"),
        Example("typedef Point = tuple[int, int]\n", "type Point = tuple[int, int]\n"),
        Example("type Point tuple[int, int]\n", "type Point = tuple[int, int]\n"),
    ],
)
def mend_type_alias(context: Context) -> Iterator[Candidate]:
    """Yield a candidate with the `type` statement of Python 3.12 and a candidate with a plain assignment."""
    for line in lines_near(context, 1, 0):
        words = context.tokens[line.first : line.last]
        if len(words) < 3 or words[0].text not in _WORDS or words[1].kind != "name":
            continue
        word, name, sign = words[:3]
        edits: list[Edit] = []
        if sign.text == ":" and len(words) > 3:
            edits = [context.edit(name.end, sign.end, " =")]
        elif sign.kind == "name":
            edits = [context.edit(name.end, sign.start, " = ")]
        elif sign.text != "=":
            continue
        spelled = [context.edit(word.start, word.end, "type")] if word.text != "type" else []
        if edits or spelled:
            yield Candidate((*spelled, *edits), f"Write it as `type {name.text} = …`")
        yield Candidate((context.edit(word.start, name.start, ""), *edits), f"Write it as `{name.text} = …`")
