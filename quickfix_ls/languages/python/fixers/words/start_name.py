"""Put an underscore before a name that begins with a digit, throughout the region: `2d_rows` becomes `_2d_rows`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("2d_rows = [[1]]\n", "_2d_rows = [[1]]\n"),
        Example("for 3rd_item in items:\n    print(3rd_item)\n", "for _3rd_item in items:\n    print(_3rd_item)\n"),
        Example("def f(2nd):\n    return 2nd\n", "def f(_2nd):\n    return _2nd\n"),
    ],
    leaves=["x = 10L\n", "wait(10min)\n", "x = 3 rows\n"],
)
def start_name(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for a name near the problem that is bound somewhere or has an underscore."""
    names = {
        name
        for index in range(max(0, context.at - 2), min(len(context.tokens), context.at_end + 2))
        if (name := _name_at(context, index))
    }
    for name in sorted(names):
        places = [index for index in range(len(context.tokens)) if _name_at(context, index) == name]
        if "_" not in name and not any(_is_bound(context, index) for index in places):
            continue
        starts = [context.tokens[index].start for index in places]
        edits = tuple(context.edit(start, start, "_") for start in starts)
        count = f" ({len(edits)} places)" if len(edits) > 1 else ""
        yield Candidate(edits, f"Write the name as `_{name}`{count}", safety="needs-a-look")


def _name_at(context: Context, index: int) -> str:
    """Return the text of a number and the name that touches it; empty if there is no such pair at a token."""
    tokens = context.tokens
    if index + 1 >= len(tokens) or tokens[index].kind != "number" or not tokens[index].text.isdecimal():
        return ""
    after = tokens[index + 1]
    return context.text_of(index, index + 2) if after.kind == "name" and after.start == tokens[index].end else ""


def _is_bound(context: Context, index: int) -> bool:
    """Return whether the pair at a token is a target of an assignment, a loop or a parameter."""
    tokens = context.tokens
    before = tokens[index - 1].text if index else "\n"
    after = tokens[index + 2].text if index + 2 < len(tokens) else "\n"
    is_parameter = before in ("(", ",") and "def" in (token.text for token in tokens[max(0, index - 12) : index])
    return (after == "=" and before not in ("(", ",")) or before in ("for", "as", "global") or is_parameter
