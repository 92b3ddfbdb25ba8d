"""The characters that look like Python's and are none (typographic quotes, spaces, signs, full-width characters), and
the plain ones that are meant."""

from __future__ import annotations

import re

DOUBLE_QUOTES, SINGLE_QUOTES = "“”„‟«»″〝〞❝❞＂", "‘’‚‛‹›′´❛❜＇"
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19"
    "\x1a\x1b\x1c\x1d\x1e\x1f\x7f"
)
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2800"
_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−﹣", "-"), **dict.fromkeys("×·•∙⋅∗✕✖﹡", "*"), **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("，､、،﹐", ","), **dict.fromkeys("；\u037e؛﹔", ";"), **dict.fromkeys("：﹕∶", ":"),
    "≤": "<=", "≥": ">=", "⩽": "<=", "⩾": ">=", "≠": "!=", "≡": "==", "＝": "=", "…": "...",
    "。": ".", "→": "->", "➜": "->", "⇒": "->",
    "【": "[", "】": "]", "〔": "[", "〕": "]", "《": "<", "》": ">", "﹙": "(", "﹚": ")",
    "¬": "not ", "∧": "and", "∨": "or", "∈": "in", "∼": "~", "∣": "|", "¦": "|", "ˆ": "^", "˜": "~",
    **{char: f"**{digit}" for char, digit in zip("²³⁴⁵⁶⁷⁸⁹", "23456789", strict=True)}, "\u2028": "\n", "\u2029": "\n",
    "\x85": "\n",
}  # fmt: skip
PLAIN = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(DOUBLE_QUOTES, '"'), **dict.fromkeys(SINGLE_QUOTES, "'"), **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(INVISIBLE, ""), **_SIGNS,
}  # fmt: skip
"""The plain text that is meant by each character."""
ODD = re.compile(f"[{re.escape(''.join(PLAIN))}]")


def shown(char: str) -> str:
    """Return a character for a title: itself in backquotes, or its number where it can't be seen."""
    return f"`{char}`" if char.isprintable() and char not in INVISIBLE and not char.isspace() else f"U+{ord(char):04X}"
