"""Replace typographic characters with their ASCII equivalents throughout the region: smart quotes, no-break and
zero-width spaces, full-width characters and mathematical signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate, Edit

_DOUBLE, _SINGLE = "“”„‟«»″＂", "‘’‚‛′´＇"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e"
_SIGNS = {
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "×": "*", "·": "*", "÷": "/", "∗": "*", "≤": "<=", "≥": ">=",
    "≠": "!=", "…": "...", "→": "->", "⇒": "=>", "、": ",", "。": ".", "【": "[", "】": "]", "《": "<", "》": ">",
    "¬": "not ", "∧": "and", "∨": "or", "²": "**2", "³": "**3", "∈": "in", "；": ";", "：": ":", "，": ",",
}  # fmt: skip
_PLAIN = {
    **dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_SINGLE, "'"), **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_INVISIBLE, ""), **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}, **_SIGNS,
}  # fmt: skip
_PLAIN.update(dict.fromkeys("＂", '"') | dict.fromkeys("＇", "'"))
_SCAN = re.compile(
    rf"""(?P<skip>\"\"\".*?\"\"\"|'''.*?'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'|\#[^\r\n]*)
    |[“„‟”](?P<double>[^“”„‟"\\\r\n]*)[”“]|[‘‚‛’](?P<single>[^‘’‚‛'\\\r\n]*)[’‘]|«(?P<angle>[^«»"\\\r\n]*)»
    |(?P<odd>[{re.escape("".join(_PLAIN))}])""",
    re.VERBOSE | re.DOTALL,
)


@fixer(
    handles="syntax",
    examples=[
        Example("print(“hello”)\n", 'print("hello")\n'),
        Example("print(“it's” + ‘a’)\n", "print(\"it's\" + 'a')\n"),
        Example("x\u00a0= 1\u200b\ny\u00a0= 2\n", "x = 1\ny = 2\n"),
        Example("print（1，2）\n", "print(1,2)\n"),
        Example("if a ≤ b − 1:\n    go()\n", "if a <= b - 1:\n    go()\n"),
        Example('x = "“” stay" + “a”\n', 'x = "“” stay" + "a"\n'),
    ],
    leaves=["x = '“' y\n"],
)
def normalize_characters(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    if text.isascii():
        return
    edits: list[Edit] = []
    for found in _SCAN.finditer(text):
        kind = found.lastgroup
        if kind == "odd":
            edits.append(context.edit(found.start(), found.end(), _PLAIN[found.group()]))
        elif kind in ("double", "single", "angle"):
            quote = "'" if kind == "single" else '"'
            edits.append(context.edit(found.start(), found.start() + 1, quote))
            edits.append(context.edit(found.end() - 1, found.end(), quote))
    if edits:
        odd = [text[edit.span.start - context.region.start] for edit in edits]
        names = " ".join(f"U+{ord(char):04X}" for char in list(dict.fromkeys(odd))[:4])
        yield Candidate(tuple(edits), f"Replace the characters {names} with plain ones ({len(edits)} places)")
