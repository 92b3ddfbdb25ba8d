"""Everyday errors of import statements."""

from __future__ import annotations

import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday

_FROM = re.compile(r"^([ \t]*)from ([\w.]+) import (\w+(?:, \w+)*)$", re.MULTILINE)
_RELATIVE = re.compile(r"^([ \t]*)from \. import (\w+)$", re.MULTILINE)
_PLAIN = re.compile(r"^([ \t]*)import (\w+)$", re.MULTILINE)


@everyday
def import_order(code: Code, rng: Random) -> Pair | None:
    """Write `import a from b`, or the like of other languages, in place of `from b import a`."""
    found = [match for match in _FROM.finditer(code.text) if not match[2].startswith(".") and match[2] != "__future__"]
    if not found:
        return None
    match = rng.choice(found)
    white, module, names = match.groups()
    ways = (f"import {names} from {module}", f"import {names} from {module}", f"import {{ {names} }} from '{module}'",
            f"from '{module}' import {names}", f"import {module} import {names}")  # fmt: skip
    return Pair(code.text[: match.start()] + white + rng.choice(ways) + code.text[match.end() :], code.text)


@everyday
def import_relative(code: Code, rng: Random) -> Pair | None:
    """Write `import .helpers` in place of `from . import helpers`."""
    found = list(_RELATIVE.finditer(code.text))
    if not found:
        plain = [match for match in _PLAIN.finditer(code.text) if match[2] not in ("os", "sys", "re")]
        if not plain:
            return None
        match = rng.choice(plain)
        head, tail = code.text[: match.start()] + match[1], code.text[match.end() :]
        return Pair(f"{head}import .{match[2]}{tail}", f"{head}from . import {match[2]}{tail}")
    match = rng.choice(found)
    new = f"{match[1]}import .{match[2]}"
    return Pair(code.text[: match.start()] + new + code.text[match.end() :], code.text)


@everyday
def import_ending(code: Code, rng: Random) -> Pair | None:
    """Put a comma, a colon, or quotes into an import statement."""
    found = [match for match in _FROM.finditer(code.text) if match[2] != "__future__"]
    if not found:
        return None
    match = rng.choice(found)
    new = match.group() + rng.choice((",", ":"))
    return Pair(code.text[: match.start()] + new + code.text[match.end() :], code.text)
