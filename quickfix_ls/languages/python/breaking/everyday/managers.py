"""Everyday errors of `with`, decorators, `match` and `del`."""

from __future__ import annotations

import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday

_WITH = re.compile(r"^(?P<white>[ \t]*)with (?P<call>[\w.]+\([^()\n]*\)) as (?P<name>\w+):$", re.MULTILINE)
_DECORATOR = re.compile(
    r"^(?P<white>[ \t]*)(?P<text>@[\w.]+(?:\([^()\n]*\))?)\n(?P<below>[ \t]*(?:async )?(?:def|class) )", re.MULTILINE
)
_DEL = re.compile(r"^(?P<head>[ \t]*del [\w.]+)\[(?P<key>[^\[\]\n]+)\]$", re.MULTILINE)


@everyday
def unnamed_manager(code: Code, rng: Random) -> Pair | None:
    """Write `with open(p) f:`, `with f = open(p):`, `with f as open(p):` or `with open(p as f):`."""
    found = list(_WITH.finditer(code.text))
    if not found:
        return None
    match = rng.choice(found)
    call, name = match["call"], match["name"]
    ways = (f"with {call} {name}:", f"with {call} {name}:", f"with {name} = {call}:", f"with {name} as {call}:",
            f"with {call} = {name}:", f"with {call}, as {name}:", f"with {call[:-1]} as {name}):")  # fmt: skip
    new = match["white"] + rng.choice(ways)
    return Pair(code.text[: match.start()] + new + code.text[match.end() :], code.text)


@everyday
def faulty_decorator(code: Code, rng: Random) -> Pair | None:
    """Put a colon behind a decorator, or the function on its line."""
    found = list(_DECORATOR.finditer(code.text))
    if not found:
        return None
    match = rng.choice(found)
    head, below = match["white"] + match["text"], match["below"]
    ways = (f"{head}:\n{below}", f"{head}:\n{below}", f"{head};\n{below}", f"{head} {below.lstrip()}")
    return Pair(code.text[: match.start()] + rng.choice(ways) + code.text[match.end() :], code.text)


@everyday
def deleted_call(code: Code, rng: Random) -> Pair | None:
    """Write `del rows(0)` in place of `del rows[0]`."""
    found = list(_DEL.finditer(code.text))
    if not found:
        return None
    match = rng.choice(found)
    return Pair(f"{code.text[: match.start()]}{match['head']}({match['key']}){code.text[match.end() :]}", code.text)
