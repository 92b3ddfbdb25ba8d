"""Replace an operator of another language: `a && b` becomes `a and b`, `i++` becomes `i += 1`, and `// note` becomes
`# note`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate, Edit

_PAIRS = {
    "&&": "and",
    "||": "or",
    "++": "+= 1",
    "--": "-= 1",
    "<>": "!=",
    "!==": "!=",
    "===": "==",
    "=!": "!=",
}


@fixer(
    handles="syntax",
    examples=[
        Example("if a && b:\n    go()\n", "if a and b:\n    go()\n"),
        Example("if a || b:\n    go()\n", "if a or b:\n    go()\n"),
        Example("if (!root):\n    go()\n", "if (not root):\n    go()\n"),
        Example("i++\n", "i += 1\n"),
        Example("if a <> b:\n    go()\n", "if a != b:\n    go()\n"),
        Example("if a === b:\n    go()\n", "if a == b:\n    go()\n"),
        Example("x = 1 // 2; // half\n", "x = 1 // 2; # half\n"),
    ],
    leaves=["if a & & b:\n    go()\n"],
)
def translate_operator(context: Context) -> Iterator[Candidate]:
    if not context.lines:
        return
    first = context.lines[max(0, context.line - 1)].first
    last = context.lines[min(len(context.lines) - 1, context.line + 1)].last
    for index in range(first, min(last, len(context.tokens))):
        edit = operator_edit(context, index)
        if edit is not None:
            old = context.snapshot.text[edit.span.start : edit.span.end]
            yield Candidate((edit,), f"Replace `{old.strip()}` with `{edit.text.strip()}`")


def operator_edit(context: Context, index: int) -> Edit | None:
    """Return the edit for a foreign operator at a token; None for any other token."""
    tokens = context.tokens
    token, operator = tokens[index], _joined_operator(tokens, index)
    if operator in _PAIRS:
        return _replace(context, token.start, token.start + len(operator), _PAIRS[operator])
    if token.text == "!" and index + 1 < len(tokens) and tokens[index + 1].text not in ("=", "=="):
        return _replace(context, token.start, tokens[index + 1].start, "not ")
    if token.text == "//":
        return _replace(context, token.start, token.end, "#")
    return None


def _joined_operator(tokens: list[Token], index: int) -> str:
    """Return the text of a token, joined with the next token if both form an operator without whitespace between."""
    token = tokens[index]
    if token.text not in _PAIRS and index + 1 < len(tokens) and tokens[index + 1].start == token.end:
        pair = token.text + tokens[index + 1].text
        return pair if pair in _PAIRS else token.text
    return token.text


def _replace(context: Context, start: int, end: int, new: str) -> Edit:
    text = context.region.text
    before = " " if new[0].isalpha() and start and text[start - 1 : start].isalnum() else ""
    spaced_before = " " if new.startswith(("+=", "-=")) and not text[start - 1 : start].isspace() else before
    after = " " if new[-1].isalnum() and text[end : end + 1].isalnum() else ""
    return context.edit(start, end, spaced_before + new + after)
