"""Replace comments of other languages (`// …`, `/* … */`, `<!-- … -->`, `-- …`, `; …`) with `#` comments. All their
text is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.languages.python.foreign_comments import ForeignComment, foreign_comments
from quickfix_ls.values import Candidate, Edit

_LEADING_STAR = re.compile(r"^[ \t]*\*?[ \t]?")
_REACH = 2000


@fixer(
    handles="syntax",
    examples=[
        Example("/* the sum */\nx = a + b\n", "# the sum\nx = a + b\n"),
        Example("x = a + b /* the sum */\n", "x = a + b # the sum\n"),
        Example("/**\n * Adds.\n * @param a b\n */\nx = 1\n", "# Adds.\n# @param a b\nx = 1\n"),
        Example("def f():\n    /* return 1 */\n", "def f():\n     return 1 \n"),
        Example("go(a, /* the first one */ b)\n", "go(a, b)  # the first one\n"),
        Example("// one\n// two of them\nx = 1\n", "# one\n# two of them\nx = 1\n"),
        Example("// it's one\nx = 1\n", "# it's one\nx = 1\n"),
        Example("x = 5 // the width of it\n", "x = 5 # the width of it\n"),
        Example("x = 1 -- the sum of both\n", "x = 1 # the sum of both\n"),
        Example("-- the sum of both\nx = 1\n", "# the sum of both\nx = 1\n"),
    ],
    leaves=["x = a -- b -\n", "x = a /* b\n", "x = a // b +\n"],
)
def translate_comment(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    near = [comment for comment in foreign_comments(text) if is_near(context, comment.start, _REACH)]
    lines = [comment for comment in near if not comment.is_block]
    if any(is_near(context, comment.start) for comment in lines):
        edits = tuple(context.edit(comment.start, comment.sign_end, "#") for comment in lines)
        sign = text[lines[0].start : lines[0].sign_end]
        places = f" ({len(lines)} places)" if len(lines) > 1 else ""
        yield Candidate(edits, f"Write the comment with `#` in place of `{sign}`{places}")
    for comment in near:
        if comment.is_block and (is_near(context, comment.start) or is_near(context, comment.end)):
            yield from _block(context, comment)


def _block(context: Context, comment: ForeignComment) -> Iterator[Candidate]:
    text = context.region.text
    whole = text[comment.start : comment.end]
    line_end = text.find("\n", comment.end)
    line_end = line_end if line_end >= 0 else len(text)
    rest = text[comment.end : line_end]
    shown = beginning(whole)
    if not rest.strip():
        yield Candidate((_with_signs(context, comment),), f"Write it as a comment with `#`: `{shown}`")
    elif "\n" not in whole and "#" not in rest:
        inner = re.sub(r"^(?:/\*+|<!--)|(?:\*+/|-->)$", "", whole).strip()
        new = f"{rest.lstrip().rstrip()}  # {inner}"
        edit = context.edit(comment.start, comment.end + len(rest.rstrip()), new)
        yield Candidate((edit,), f"Write it as a comment at the line's end: `# {beginning(inner)}`")
    if whole.startswith("/*") and "\n" not in whole:
        signs = ((comment.start, comment.start + 2), (comment.end - 2, comment.end))
        edits = tuple(context.edit(*sign, "") for sign in signs)
        yield Candidate(edits, "Remove the `/*` and the `*/`", safety="needs-a-look")


def _with_signs(context: Context, comment: ForeignComment) -> Edit:
    """Return the edit that turns a block comment into `#` lines."""
    text = context.region.text
    line_start = text.rfind("\n", 0, comment.start) + 1
    before = text[line_start : comment.start]
    inner = re.sub(r"^(?:/\*+|<!--)|(?:\*+/|-->)$", "", text[comment.start : comment.end]).strip()
    lines = [_LEADING_STAR.sub("", line).rstrip() for line in inner.splitlines()] or [""]
    white = before if not before.strip() else before[: len(before) - len(before.lstrip())]
    return context.edit(comment.start, comment.end, f"\n{white}".join(f"# {line}".rstrip() for line in lines))
