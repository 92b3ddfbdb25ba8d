"""Replace the words and signs of other languages' loops over items or numbers: `for x of xs`, `foreach (xs as x)`,
`for x := range xs`, `for i = 1 to n`, `for i in 0..3`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.enclosing import in_brackets, own_lines
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate, Edit

_HEAD = r"(?:for\s*each|for)\b\s*(?:each\b\s*)?"
_TYPE = r"(?:(?:const|let|var|final|auto|[A-Z]\w*|int|string|char|double|float)\s+)?"
_NAMES = r"(?P<names>(?:\(\s*)?[^\W\d]\w*(?:\s*,\s*[^\W\d]\w*)*(?:\s*\))?)"
_ITEMS = re.compile(
    rf"{_HEAD}(?P<open>\(\s*)?{_TYPE}{_NAMES}\s*(?P<sign>\bof\b|\bfrom\b|\bin\b|:=\s*range\b|:=|==?|:)\s*(?P<rows>\S.*)"
)
_AS = re.compile(r"foreach\s*\(?\s*(?P<rows>\S.*?)\s+as\s+\$?(?P<names>\w+)(?:\s*=>\s*\$?(?P<value>\w+))?\s*\)?")
_NUMBERS = re.compile(
    rf"{_HEAD}\(?\s*{_TYPE}(?P<names>\w+)\s*(?:=|:=|\bin\b|\bfrom\b)\s*(?P<low>[\w.()]+?)\s*"
    r"(?P<sign>\bto\b|\bdownto\b|\buntil\b|\.\.\.|\.\.=|\.\.<?)\s*(?P<high>[\w.()+\- ]+?)"
    r"(?:\s+(?:step|by)\s+(?P<step>-?\w+))?\s*\)?"
)
_END = re.compile(r"\s*(?P<end>\bdo\s*:?|:|\{)?\s*")


@fixer(
    handles="syntax",
    examples=[
        Example("for x of xs:\n    go(x)\n", "for x in xs:\n    go(x)\n"),
        Example("for each x in xs:\n    go(x)\n", "for x in xs:\n    go(x)\n"),
        Example("for x, y : pairs:\n    go(x, y)\n", "for x, y in pairs:\n    go(x, y)\n"),
        Example("foreach (xs as x):\n    go(x)\n", "for x in xs:\n    go(x)\n"),
        Example("foreach (d as k => v):\n    go(k, v)\n", "for k, v in d.items():\n    go(k, v)\n"),
        Example("for x := range xs:\n    go(x)\n", "for x in xs:\n    go(x)\n"),
        Example("for i = 1 to n do\n    go(i)\n", "for i in range(1, n + 1):\n    go(i)\n"),
        Example("for i in 0..3:\n    go(i)\n", "for i in range(0, 3):\n    go(i)\n"),
        Example("for i = range(3):\n    go(i)\n", "for i in range(3):\n    go(i)\n"),
    ],
    leaves=["for x in xs\n    go(x)\n", "for (i = 0; i < n; i++):\n    go(i)\n"],
)
def translate_for(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all such loops of the function."""
    lines = own_lines(context)
    near = [index for index in lines if abs(index - context.line) <= 1]
    if not any(for_edit(context, context.lines[index]) for index in near):
        return
    found = [
        edit
        for index in lines
        if not in_brackets(context, index) and (edit := for_edit(context, context.lines[index])) is not None
    ]
    count = f" ({len(found)} places)" if len(found) > 1 else ""
    if found:
        yield Candidate(tuple(found), f"Write the loop as `{beginning(found[0].text)}`{count}")


def for_edit(context: Context, line: Line) -> Edit | None:
    """Return the edit that translates a loop header; None if the line is no loop of another language. A brace at the
    end stays."""
    head, last = context.tokens[line.first], context.tokens[line.last - 1]
    if not head.text.startswith("for"):
        return None
    whole = context.region.text[head.start : last.end]
    ending = re.search(r"\s*(?:\bdo\b\s*:?|:|\{)?\s*$", whole)
    text = whole[: ending.start()] if ending is not None else whole
    end = " {" if last.text == "{" else ":"
    new = _translated(text, is_ended=last.text in (":", "{", "do"))
    return context.edit(head.start, last.end, new + end) if new else None


def _translated(text: str, *, is_ended: bool) -> str:
    if ";" in text or len(text) > 200:
        return ""
    if found := _AS.fullmatch(text):
        if found["value"]:
            return f"for {found['names']}, {found['value']} in {found['rows']}.items()"
        return f"for {found['names']} in {found['rows']}"
    if found := _NUMBERS.fullmatch(text):
        return _counted(found)
    found = _ITEMS.fullmatch(text)
    if found is None:
        return ""
    rows, names, sign = found["rows"], found["names"], re.sub(r"\s+", " ", found["sign"])
    if found["open"]:
        if not rows.endswith(")"):
            return ""
        rows = rows[:-1].rstrip()
    elif sign == "in" and "each" not in text[: found.start("names")]:
        return ""
    if sign in ("=", "==") and not re.match(r"range\b|enumerate\b|zip\b|\w+\.items\b", rows):
        return ""
    if rows.count("(") != rows.count(")") or (sign == ":" and not is_ended):
        return ""
    if "range" in sign and "," in names:
        rows = f"enumerate({rows})"
    return f"for {names} in {rows}"


def _counted(found: re.Match[str]) -> str:
    low, high, sign, step = found["low"], found["high"].strip(), found["sign"], found["step"]
    is_down = sign == "downto" or (step or "").startswith("-")
    if sign in ("to", "downto", "...", "..="):
        high = _shifted(high, -1 if is_down else 1)
    by = step or ("-1" if is_down else "")
    return f"for {found['names']} in range({low}, {high}{', ' + by if by else ''})"


def _shifted(number: str, by: int) -> str:
    if number.isdigit():
        return str(int(number) + by)
    return f"{number} {'+' if by > 0 else '-'} 1"
