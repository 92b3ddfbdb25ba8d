"""Replace an invalid string prefix with the Python equivalent: `ur""` of Python 2, `$""` and `@""` of C#, `s""` of
Scala."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate, Edit

_PREFIXES = {"ur": "r", "ru": "r", "bu": "b", "ub": "b", "uf": "f", "fu": "f", "bf": "f", "fb": "f"}
_SIGNS = {"$": "f", "@": "r", "s": "f", "c": "b", "L": "", "N": "", **_PREFIXES}


@fixer(
    handles="syntax",
    examples=[
        Example('pattern = ur"\\d+"\n', 'pattern = r"\\d+"\n'),
        Example('print($"{name}!")\n', 'print(f"{name}!")\n'),
        Example('path = @"C:\\temp"\n', 'path = r"C:\\temp"\n'),
        Example("x = bu'abc'\n", "x = b'abc'\n"),
    ],
    leaves=["x = 'a'b\n"],
)
def respell_prefix(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(max(0, context.at - 2), min(len(tokens), context.at_end + 3)):
        for edit, old in prefix_edits(context, index):
            yield Candidate((edit,), f"Replace the prefix `{old}` with `{edit.text}`")


def prefix_edits(context: Context, index: int) -> Iterator[tuple[Edit, str]]:
    """Yield, for the string at a token, the edit that replaces its prefix and the old prefix."""
    token = context.tokens[index]
    if token.kind not in ("string", "badstring"):
        return
    prefix = token.text[: len(token.text) - len(token.text.lstrip("rRbBuUfFtT"))]
    if prefix.lower() in _PREFIXES:
        yield context.edit(token.start, token.start + len(prefix), _PREFIXES[prefix.lower()]), prefix
    before = context.tokens[index - 1] if index else None
    if before is not None and not prefix and before.end == token.start and before.text in _SIGNS:
        yield context.edit(before.start, before.end, _SIGNS[before.text]), before.text
