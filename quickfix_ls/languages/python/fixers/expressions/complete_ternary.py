"""Add the missing `else` to a conditional expression: `[] if rows is None` becomes `[] if rows is None else rows`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import expression_end, find_top
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("rows = [] if rows is None\n", "rows = [] if rows is None else rows\n"),
        Example(
            "f = lambda x: x.strip() if isinstance(x, str)\n", "f = lambda x: x.strip() if isinstance(x, str) else x\n"
        ),
        Example("x = 0 if y > 3 or y\n", "x = 0 if y > 3 else y\n"),
        Example("x = 0 if 3, 1\n", "x = 0 if 3 else 1\n"),
    ],
    leaves=["x = 1 if y else\n"],
)
def complete_ternary(context: Context) -> Iterator[Candidate]:
    if "'else'" not in context.problem.message:
        return
    tokens = context.tokens
    start = find_top(tokens, context.at, context.at_end + 1, ("if",))
    if start is None:
        return
    end = expression_end(context, start + 1)
    for index in range(end - 1, start + 1, -1):
        if tokens[index].text in ("or", ",", "elif", ":"):
            gap = " " if tokens[index].text == "," else ""
            yield Candidate(
                (context.edit(tokens[index].start, tokens[index].end, f"{gap}else"),),
                f"Replace `{tokens[index].text}` with `else`",
            )
    names = [t.text for i, t in enumerate(tokens[start:end], start) if t.kind == "name" and tokens[i - 1].text != "."]
    for value in (*list(dict.fromkeys(names))[:3], "None"):
        at = tokens[end - 1].end
        yield Candidate((context.edit(at, at, f" else {value}"),), f"Add `else {value}`", safety="needs-a-look")
