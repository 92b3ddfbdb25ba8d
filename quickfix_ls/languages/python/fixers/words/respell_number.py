"""Fix a number with leading zeros or a Python 2 long suffix: `0755` becomes `0o755`, and `10L` becomes `10`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate, Edit

_LEADING_ZEROS = re.compile(r"0+[\d_]+")
_LONG = frozenset({"l", "L"})


@fixer(
    handles="syntax",
    examples=[
        Example("rows = [004354, 54354]\n", "rows = [4354, 54354]\n"),
        Example("os.chmod(path, 0755)\n", "os.chmod(path, 0o755)\n"),
        Example("x = 10L\n", "x = 10\n"),
        Example("x = 0777L\n", "x = 0o777\n"),
    ],
    leaves=["x = 1.2.3\n"],
)
def respell_number(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(max(0, context.at - 4), min(len(tokens), context.at_end + 4)):
        for edit in number_edits(context, index):
            old = context.snapshot.text[edit.span.start : edit.span.end]
            yield Candidate((edit,), f"Replace `{old}` with `{edit.text}`")


def number_edits(context: Context, index: int) -> Iterator[Edit]:
    """Yield the edits that fix the number at a token, the most likely first; none if the number is valid."""
    token = context.tokens[index]
    if token.kind != "number":
        return
    after = context.tokens[index + 1] if index + 1 < len(context.tokens) else None
    long = after is not None and after.text in _LONG and after.start == token.end
    end = after.end if long and after is not None else token.end
    if _LEADING_ZEROS.fullmatch(token.text) and token.text.strip("0_"):
        plain = token.text.lstrip("0_")
        for text in (f"0o{plain}", plain) if not set(plain) & {"8", "9"} else (plain,):
            yield context.edit(token.start, end, text)
    elif long:
        yield context.edit(token.start, end, token.text)
