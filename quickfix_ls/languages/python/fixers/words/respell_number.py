"""Fix the numbers of a function that are none in Python: `0755` becomes `0o755` where it is a mode and `01` becomes
`1`, `10L` becomes `10`, `1 000 000` becomes `1000000`, `1.5f` becomes `1.5`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.change_titles import title_of_edits
from quickfix_ls.languages.python.fixers.enclosing import own_lines
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate, Edit

_LEADING_ZEROS = re.compile(r"0+[\d_]+")
_LONG = frozenset({"l", "L"})
_FLOAT = frozenset({"f", "F"})
_MODES = frozenset({"chmod", "lchmod", "fchmod", "umask", "makedirs", "mkdir", "mkfifo", "mknod", "mode", "permissions",
                    "perms", "umode"})  # fmt: skip
_STRAY_UNDERSCORE = re.compile(r"\d+(?:_+\d+)*_*")


@fixer(
    handles="syntax",
    examples=[
        Example("rows = [004354, 54354]\n", "rows = [4354, 54354]\n"),
        Example("os.chmod(path, 0755)\n", "os.chmod(path, 0o755)\n"),
        Example("x = 10L\n", "x = 10\n"),
        Example("x = 0777L\n", "x = 0o777\n"),
        Example("day = date(2024, 01, 02)\n", "day = date(2024, 1, 2)\n"),
        Example("x = 1 000 000\n", "x = 1000000\n"),
        Example("x = 1.5f\n", "x = 1.5\n"),
        Example("x = 1__000_\n", "x = 1_000\n"),
    ],
    leaves=["x = 1.2.3\n"],
)
def respell_number(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all faulty numbers of the function, and candidates for each near the problem."""
    tokens = context.tokens
    near = range(max(0, context.at - 4), min(len(tokens), context.at_end + 4))
    if not any(next(number_edits(context, index), None) for index in near):
        return
    lines = own_lines(context)
    if lines:
        places = range(context.lines[lines[0]].first, context.lines[lines[-1]].last)
        every = [edit for index in places if (edit := next(number_edits(context, index), None)) is not None]
        if len(every) > 1:
            yield Candidate(tuple(every), title_of_edits(context, every))
    for index in near:
        for edit in number_edits(context, index):
            old = context.snapshot.text[edit.span.start : edit.span.end]
            yield Candidate((edit,), f"Replace `{old}` with `{edit.text}`")


def number_edits(context: Context, index: int) -> Iterator[Edit]:
    """Yield the edits that fix the number at a token, the most likely first; none if the number is valid."""
    token = context.tokens[index]
    if token.kind != "number":
        return
    after = context.tokens[index + 1] if index + 1 < len(context.tokens) else None
    suffix = after.text if after is not None and after.start == token.end else ""
    end = after.end if suffix in _LONG and after is not None else token.end
    if _LEADING_ZEROS.fullmatch(token.text) and token.text.strip("0_"):
        for text in _without_zeros(context, index, is_long=suffix in _LONG):
            yield context.edit(token.start, end, text)
    elif suffix in _LONG:
        yield context.edit(token.start, end, token.text)
    elif suffix in _FLOAT and "." in token.text and after is not None:
        yield context.edit(token.start, after.end, token.text)
    elif _STRAY_UNDERSCORE.fullmatch(token.text) and ("__" in token.text or token.text.endswith("_")):
        yield context.edit(token.start, token.end, re.sub("_+", "_", token.text).rstrip("_"))
    elif groups := _grouped(context.tokens, index):
        text = "".join(group.text for group in context.tokens[index:groups])
        yield context.edit(token.start, context.tokens[groups - 1].end, text)


def _without_zeros(context: Context, index: int, *, is_long: bool) -> tuple[str, ...]:
    """Return the numbers that one with leading zeros may mean: octal where it is a mode of a file, or has the four
    digits of one; both where that is unclear."""
    text = context.tokens[index].text
    plain = text.lstrip("0_")
    octal = f"0o{plain}"
    if set(plain) & {"8", "9"} or len(plain) == 1:
        return (plain,)
    if _is_mode(context, index):
        return (octal,)
    is_short = len(text) <= 3 and not is_long
    return (plain, octal) if is_short or len(text) > 4 else (octal, plain)


def _is_mode(context: Context, index: int) -> bool:
    """Return whether a number is an argument of a function that takes a mode of files, or is assigned to a mode."""
    tokens, depth = context.tokens, 0
    for at in range(index - 1, max(-1, index - 30), -1):
        if tokens[at].kind == "newline" and depth == 0:
            return False
        depth += (tokens[at].text in (")", "]")) - (tokens[at].text in ("(", "["))
        before = tokens[at - 1].text if at else ""
        is_before = tokens[at].text == "(" and depth < 0
        if (is_before or tokens[at].text == "=") and (before in _MODES or before.endswith("mode")):
            return True
    return False


def _grouped(tokens: list[Token], index: int) -> int:
    """Return the index after the groups of three digits that follow a number with single spaces between; 0 if there are
    none."""
    end = index + 1
    while end < len(tokens) and tokens[end].kind == "number" and len(tokens[end].text) == 3:
        if not tokens[end].text.isdecimal() or tokens[end].start != tokens[end - 1].end + 1:
            break
        end += 1
    is_first = index == 0 or tokens[index - 1].kind != "number"
    fits = tokens[index].text.isdecimal() and len(tokens[index].text) <= 3 and tokens[index].text[0] != "0"
    return end if end > index + 1 and fits and is_first else 0
