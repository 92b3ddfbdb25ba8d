"""Replace the arrows between the keys and values of a dictionary, as in PHP, Perl and Ruby: `{"a" => 1}` becomes
`{"a": 1}`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import is_near, split_top
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="syntax",
    examples=[
        Example('d = {"a" => 1, "b" => 2}\n', 'd = {"a": 1, "b": 2}\n'),
        Example("d = {\n    'a' -> 1,\n    'b' -> [2],\n}\n", "d = {\n    'a': 1,\n    'b': [2],\n}\n"),
    ],
    leaves=["d = {x => x + 1\n"],
)
def translate_arrow(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for opener, closer in context.brackets.partner.items():
        if opener > closer or tokens[opener].text != "{":
            continue
        if not (is_near(context, tokens[opener].start) or is_near(context, tokens[closer].end)):
            continue
        edits = [edit for piece in split_top(tokens, opener + 1, closer) for edit in _entry(context, *piece)]
        if edits:
            count = f" ({len(edits)} places)" if len(edits) > 1 else ""
            old = context.snapshot.text[edits[0].span.start : edits[0].span.end].strip()
            yield Candidate(tuple(edits), f"Replace `{old}` with `:`{count}")


def _entry(context: Context, first: int, last: int) -> Iterator[Edit]:
    """Yield the edit of an entry whose key is followed by an arrow."""
    tokens = context.tokens
    code = [index for index in range(first, last) if tokens[index].kind not in ("newline", "comment")]
    if len(code) < 3:
        return
    key, sign, after = code[:3]
    is_arrow = tokens[sign].text == "->" or (tokens[sign].text == "=" and tokens[after].text == ">")
    if is_arrow and tokens[key].kind in ("string", "number", "name"):
        end = sign if tokens[sign].text == "->" else after
        behind = context.region.text[tokens[end].end : tokens[end].end + 1]
        yield context.edit(tokens[key].end, tokens[end].end, ":" if behind.isspace() else ": ")
