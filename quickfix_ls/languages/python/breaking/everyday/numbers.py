"""Everyday errors of numbers: leading zeros, suffixes of other languages, spaces between groups of digits."""

from __future__ import annotations

import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday

_OCTAL = re.compile(r"0o[0-7]+")


@everyday
def faulty_number(code: Code, rng: Random) -> Pair | None:
    """Write `0755` for `0o755`, `07` for `7`, `10L` for `10`, `1.5f` for `1.5`, or `1 000` for `1000`."""
    found = []
    for token in code.tokens:
        if token.kind != "number":
            continue
        ways = []
        if _OCTAL.fullmatch(token.text) and len(token.text) == 5:
            ways = [f"0{token.text[2:]}"] * 3
        elif re.fullmatch(r"[1-9]", token.text):
            ways = [f"0{token.text}"]
        elif re.fullmatch(r"\d+\.\d+", token.text):
            ways = [f"{token.text}f"]
        elif re.fullmatch(r"[1-9]\d{0,2}000", token.text):
            ways = [f"{token.text[:-3]} 000"]
        elif re.fullmatch(r"[1-9]\d+", token.text):
            ways = [f"{token.text}L"]
        found += [(token, way) for way in ways]
    if not found:
        return None
    token, new = rng.choice(found)
    return Pair(code.text[: token.start] + new + code.text[token.end :], code.text)


@everyday
def zeros_of_dates(code: Code, rng: Random) -> Pair | None:
    """Write several numbers of a line with leading zeros, as in a date: `(2024, 01, 02)`."""
    found: dict[int, list[int]] = {}
    for index, token in enumerate(code.tokens):
        if re.fullmatch(r"[1-9]", token.text) and token.kind == "number":
            found.setdefault(code.text.count("\n", 0, token.start), []).append(index)
    groups = [group for group in found.values() if len(group) > 1]
    if not groups:
        return None
    text = code.text
    for index in reversed(rng.choice(groups)):
        token = code.tokens[index]
        text = f"{text[: token.start]}0{text[token.start :]}"
    return Pair(text, code.text)
