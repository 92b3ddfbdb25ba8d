"""Mend the header of a function as a whole: its parentheses, its arrow, its colon. `def f(x) => int` becomes
`def f(x) -> int:`, and `def main` becomes `def main():`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.definition_headers import Header, header_at
from quickfix_ls.languages.python.fixers.items import is_gap
from quickfix_ls.languages.python.fixers.statements import find_top, lines_near
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate

_ARROWS = frozenset(
    {"->", "- >", "=>", "= >", ">>", ">", "-", "- ->", "< -", ": ->", ": - >", ": = >", ": >", "--", ":", "~ >", "| >"}
)
_SIGNS = frozenset({",", "*", "**", "=", "None", "True", "False"})
_ARROW_WORDS = frozenset({"returns", "return", "yields", "as"})


@fixer(
    handles="syntax",
    examples=[
        Example("def f(x) - > int:\n    return x\n", "def f(x) -> int:\n    return x\n"),
        Example("def f(x): -> int\n    return x\n", "def f(x) -> int:\n    return x\n"),
        Example("def f(x): int:\n    return x\n", "def f(x) -> int:\n    return x\n"),
        Example("def f(x) int:\n    return x\n", "def f(x) -> int:\n    return x\n"),
        Example("def f(x) ->:\n    return x\n", "def f(x):\n    return x\n"),
        Example("def f(x -> int):\n    return x\n", "def f(x) -> int:\n    return x\n"),
        Example("def f(x) -> int, str:\n    return x, ''\n", "def f(x) -> tuple[int, str]:\n    return x, ''\n"),
        Example("def main\n    go()\n", "def main():\n    go()\n"),
        Example("class A:\n    def run:\n        go()\n", "class A:\n    def run(self):\n        go()\n"),
        Example("def add[a, b]:\n    return a\n", "def add(a, b):\n    return a\n"),
        Example("def add a b:\n    return a\n", "def add(a, b):\n    return a\n"),
        Example("def get self -> int:\n    return 1\n", "def get(self) -> int:\n    return 1\n"),
        Example("def total -> int:\n    return 1\n", "def total() -> int:\n    return 1\n"),
    ],
    leaves=["def f(x)\n    return x\n", "if x\n    go()\n", "class A\n    x = 1\n"],
)
def mend_signature(context: Context) -> Iterator[Candidate]:
    for line in lines_near(context, 2, 0):
        header = header_at(context, line)
        if header is not None and header.word == "def":
            yield from _without_brackets(context, header, line)
            yield from _arrow(context, header)


def _without_brackets(context: Context, header: Header, line: Line) -> Iterator[Candidate]:
    """Yield candidates for a function whose parameters are in no parentheses, or in other brackets."""
    tokens = context.tokens
    name, rest, end = header.name, header.rest, header.end
    has_colon = tokens[end - 1].text == ":"
    after = tokens[rest].text if rest < end else ""
    colon = "" if has_colon or not _has_body(context, line) else ":"
    place = tokens[name].end
    if after in ("", ":", "->"):
        if after == "" and not colon:
            return
        for parameters in ("(self)", "()") if _is_method(context, line) else ("()",):
            at = tokens[end - 1].end
            edits = [context.edit(place, place, parameters + (colon if after == "" else ""))]
            if colon and after != "":
                edits.append(context.edit(at, at, colon))
            yield Candidate(tuple(edits), f"Add `{parameters}{colon}` after `{tokens[name].text}`")
    elif after in ("[", "{"):
        closer = context.brackets.partner.get(rest, -1)
        if closer < 0 or closer + 1 >= end or tokens[closer + 1].text not in (":", "->"):
            return
        edits = [
            context.edit(place, tokens[rest].end, "("),
            context.edit(tokens[closer].start, tokens[closer].end, ")"),
        ]
        yield Candidate(tuple(edits), f"Replace `{after}…{tokens[closer].text}` with `(…)`")
    elif tokens[rest].kind == "name" and has_colon:
        arrow = find_top(tokens, rest, end, ("->",))
        stop = end - 1 if arrow is None else arrow
        gaps = [index for index in range(rest + 1, stop) if is_gap(context, index - 1, index)]
        if all(token.kind == "name" or token.text in _SIGNS for token in tokens[rest:stop]):
            edits = [context.edit(tokens[index - 1].end, tokens[index].start, ", ") for index in gaps]
            close = tokens[stop - 1].end
            edits = [context.edit(place, tokens[rest].start, "("), *edits, context.edit(close, close, ")")]
            yield Candidate(tuple(edits), f"Put the parameters of `{tokens[name].text}` into `()`")


def _has_body(context: Context, line: Line) -> bool:
    """Return whether the next line of code is indented deeper."""
    number = context.lines.index(line)
    return number + 1 < len(context.lines) and context.lines[number + 1].indent > line.indent


def _is_method(context: Context, line: Line) -> bool:
    """Return whether a line is the direct content of a class."""
    if context.region.prefix.strip() and line.indent > 0:
        outer = [other for other in context.lines if other.start < line.start and other.indent < line.indent]
        if not outer:
            return True
    above = [other for other in context.lines if other.start < line.start and other.indent < line.indent]
    return bool(above) and context.tokens[above[-1].first].text == "class"


def _arrow(context: Context, header: Header) -> Iterator[Candidate]:
    """Yield candidates for the type behind the parameters, and for one that is in their brackets."""
    tokens = context.tokens
    closer = context.brackets.partner.get(header.rest, -1)
    if closer < 0 or tokens[header.rest].text != "(" or closer >= header.end:
        return
    first, end = closer + 1, header.end
    colon = tokens[end - 1].text == ":" and end > first
    last = end - 1 if colon else end
    inner = find_top(tokens, header.rest + 1, closer, ("->",))
    if inner is not None and last == first and inner + 1 < closer:
        kind = context.text_of(inner + 1, closer)
        edit = context.edit(tokens[inner - 1].end, tokens[end - 1].end, f") -> {kind}:")
        yield Candidate((edit,), f"Move the type behind the parameters: `-> {beginning(kind)}`")
        return
    sign = _sign(context, first, last)
    kind = context.text_of(first + sign, last)
    if not kind and sign and tokens[first].text in ("-", "->", "="):
        edit = context.edit(tokens[closer].end, tokens[end - 1].end, ":")
        yield Candidate((edit,), f"Remove `{context.text_of(first, first + sign)}`")
        return
    if not _is_type(context, first + sign, last) or (tokens[first].text == ":" and sign == 1 and not colon):
        return
    if find_top(tokens, first + sign, last, (",",)) is not None:
        kind = f"tuple[{kind}]"
    new = f" -> {kind}:"
    if context.region.text[tokens[closer].end : tokens[end - 1].end] != new:
        edit = context.edit(tokens[closer].end, tokens[end - 1].end, new)
        yield Candidate((edit,), f"Write the type of the result as `-> {beginning(kind)}:`")


def _sign(context: Context, first: int, last: int) -> int:
    """Return the number of tokens that stand for an arrow."""
    tokens = context.tokens
    if first < last and tokens[first].text in _ARROW_WORDS:
        return 1
    counts = range(min(3, last - first), 0, -1)
    return next((n for n in counts if " ".join(token.text for token in tokens[first : first + n]) in _ARROWS), 0)


def _is_type(context: Context, first: int, last: int) -> bool:
    """Return whether tokens can be the type of a result, rather than the body of a function on the same line."""
    tokens = context.tokens[first:last]
    if not tokens or (tokens[0].kind not in ("name", "string") and tokens[0].text not in ("None", "(", "[")):
        return False
    return all(token.kind in ("name", "string") or token.text in "[](),.|None..." for token in tokens)
