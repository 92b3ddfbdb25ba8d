"""Replace comments of other languages (`/* … */`, `<!-- … -->`, `//`, `--`) with `#` comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.values import Candidate, Edit

_BLOCK = re.compile(r"/\*.*?\*/|<!--.*?-->", re.DOTALL)
_SIGN = re.compile(r"^[ \t]*(?://+|--(?=[ \t]))", re.MULTILINE)
_LEADING_STAR = re.compile(r"^[ \t]*\*?[ \t]?")


@fixer(
    handles="syntax",
    examples=[
        Example("/* the sum */\nx = a + b\n", "# the sum\nx = a + b\n"),
        Example("x = a + b /* the sum */\n", "x = a + b # the sum\n"),
        Example("/**\n * Adds.\n * @param a b\n */\nx = 1\n", "# Adds.\n# @param a b\nx = 1\n"),
        Example("def f():\n    /* return 1 */\n", "def f():\n     return 1 \n"),
        Example("// one\n// two of them\nx = 1\n", "# one\n# two of them\nx = 1\n"),
    ],
    leaves=["x = a /* b\n"],
)
def translate_comment(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    if "/*" in text or "<!--" in text:
        for found in _BLOCK.finditer(text):
            if is_near(context, found.start()) or is_near(context, found.end()):
                edit = _block(context, found)
                if edit is not None:
                    yield Candidate((edit,), "Write the comment with `#`")
                if found.group().startswith("/*") and "\n" not in found.group():
                    signs = ((found.start(), found.start() + 2), (found.end() - 2, found.end()))
                    edits = tuple(context.edit(*sign, "") for sign in signs)
                    yield Candidate(edits, "Remove the `/*` and the `*/`", safety="needs-a-look")
    starts = [found for found in _SIGN.finditer(text) if is_near(context, found.end(), 2000)]
    if any(is_near(context, found.end()) for found in starts) and len(starts) > 1:
        edits = tuple(context.edit(found.end() - len(found.group().strip()), found.end(), "#") for found in starts)
        yield Candidate(edits, f"Write the comments with `#` ({len(starts)} places)")


def _block(context: Context, found: re.Match[str]) -> Edit | None:
    """Return the edit that turns a block comment into `#` lines; None if code follows it on its last line."""
    text = context.region.text
    line_start = text.rfind("\n", 0, found.start()) + 1
    before = text[line_start : found.start()]
    rest = text[found.end() :].split("\n", 1)[0]
    if rest.strip():
        return None
    inner = re.sub(r"^(?:/\*+|<!--)|(?:\*+/|-->)$", "", found.group()).strip()
    lines = [_LEADING_STAR.sub("", line).rstrip() for line in inner.splitlines()] or [""]
    white = before if not before.strip() else before[: len(before) - len(before.lstrip())]
    return context.edit(found.start(), found.end(), f"\n{white}".join(f"# {line}".rstrip() for line in lines))
