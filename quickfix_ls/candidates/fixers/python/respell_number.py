"""Write a number as Python wants it: no leading zeros, no unit or word that runs into it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate

_LEADING_ZEROS = re.compile(r"0+[\d_]+")
_LONG = frozenset({"l", "L"})


@fixer(
    handles="syntax",
    examples=[
        Example("rows = [004354, 54354]\n", "rows = [4354, 54354]\n"),
        Example("os.chmod(path, 0755)\n", "os.chmod(path, 0o755)\n"),
        Example("x = 10L\n", "x = 10\n"),
    ],
)
def respell_number(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(max(0, context.at - 4), min(len(tokens), context.at_end + 4)):
        token = tokens[index]
        if token.kind != "number":
            continue
        if _LEADING_ZEROS.fullmatch(token.text) and token.text.strip("0_"):
            plain = token.text.lstrip("0_")
            octal = "0o" + plain
            for text in (octal, plain) if not set(plain) & {"8", "9"} else (plain,):
                yield Candidate((context.edit(token.start, token.end, text),), f"Replace `{token.text}` with `{text}`")
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if after is not None and after.text in _LONG and after.start == token.end:
            yield Candidate(
                (context.edit(after.start, after.end, ""),),
                f"Replace `{token.text}{after.text}` with `{token.text}`",
            )
