"""Add the missing `.` before a method or an attribute: `"a,b" split(",")` becomes `"a,b".split(",")`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from quickfix_ls.candidates.elide import ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.facts import imported_modules
from quickfix_ls.languages.python.fixers.statements import lines_near
from quickfix_ls.languages.python.lexer import CLOSERS, KEYWORDS
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.values import Candidate

_MAX_TOGETHER = 4
_OWN = frozenset({"self", "cls", "super"})
_ALIASES = frozenset(
    {"np", "pd", "plt", "os", "sys", "random", "math", "time", "re", "json", "datetime", "torch", "tf"}
)
_POPULAR = frozenset(
    ["mean", "sum", "std", "min", "max", "astype", "reshape", "groupby", "apply", "drop", "dropna", "fillna", "head",
     "tail", "plot", "iloc", "loc", "values", "columns", "shape", "T", "read", "write", "close", "readlines", "json",
     "text", "filter", "all", "first", "save", "delete", "get", "set", "show", "title", "xlabel", "ylabel", "legend"]
)  # fmt: skip


@fixer(
    handles="syntax",
    examples=[
        Example('parts = "a,b"split(",")\n', 'parts = "a,b".split(",")\n'),
        Example("x = line.strip() lower()\n", "x = line.strip().lower()\n"),
        Example("rows append(3)\n", "rows.append(3)\n"),
        Example("x = self name\n", "x = self.name\n"),
        Example("self n = 1\nself go()\n", "self.n = 1\nself.go()\n"),
        Example("import os\n\nx = os path.join(a, b)\n", "import os\n\nx = os.path.join(a, b)\n"),
        Example("x = open(a)read()\n", "x = open(a).read()\n"),
    ],
    leaves=["print x\n", "f(a b)\n", "import os sys\n", "f(g(1) h(2))\n", "return1 = x y\n"],
)
def add_dot(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for each gap on the lines at the problem, and one for all of them."""
    tokens = context.tokens
    gaps = [
        (left, right)
        for line in lines_near(context, 1, 0)
        if tokens[line.first].text not in ("import", "from")
        for left, right in pairwise(range(line.first, line.last))
        if _is_member(context, left, right)
    ]
    edits = [context.edit(tokens[left].end, tokens[right].start, ".") for left, right in gaps]
    if 1 < len(edits) <= _MAX_TOGETHER:
        yield Candidate(tuple(edits), f"Add `.` in {len(edits)} places")
    if gaps and tokens[gaps[0][0]].text in _OWN:
        own = [pair for pair in pairwise(range(len(tokens))) if _is_own(context, *pair)]
        if len(edits) < len(own) <= 2 * _MAX_TOGETHER:
            all_own = tuple(context.edit(tokens[left].end, tokens[right].start, ".") for left, right in own)
            yield Candidate(all_own, f"Add `.` after `{tokens[gaps[0][0]].text}` in {len(own)} places")
    for edit, (left, right) in zip(edits, gaps, strict=True):
        yield Candidate((edit,), f"Add `.` between `{ending(tokens[left].text)}` and `{tokens[right].text}`")


def _is_own(context: Context, left: int, right: int) -> bool:
    return context.tokens[left].text in _OWN and context.tokens[right].kind == "name"


def _is_member(context: Context, left: int, right: int) -> bool:
    """Return whether a name that follows an operand can be a member of it."""
    tokens = context.tokens
    owner, name = tokens[left], tokens[right]
    if name.kind != "name":
        return False
    is_called = right + 1 < len(tokens) and tokens[right + 1].text == "("
    if owner.text in CLOSERS:
        # Between two items of a row, a comma is missing rather than a dot.
        is_item = owner.end < name.start and _is_inside(context, left, right)
        return name.text in _methods() or name.text in _POPULAR or (is_called and not is_item)
    if owner.kind == "string":
        return is_called and hasattr(str, name.text)
    if owner.kind != "name":
        return False
    if owner.text in _OWN or owner.text in _ALIASES:
        return True
    module = imported_modules(context.index).get(owner.text, owner.text if _is_module(owner.text) else None)
    if module is not None:
        members = module_members(module)
        return members is None or name.text in members
    return is_called and (name.text in (_methods() | _POPULAR) or _is_object(context, left))


def _is_object(context: Context, index: int) -> bool:
    """Return whether a name is no misspelt keyword but occurs elsewhere too, and no comma can be missing behind it."""
    name = context.tokens[index].text
    if any(OSA.distance(name, keyword) <= 1 for keyword in KEYWORDS) or name in ("print", "exec"):
        return False
    if _is_inside(context, index, index):
        return False
    return len(re.findall(rf"(?<![\w.]){re.escape(name)}(?!\w)", context.snapshot.text)) > 1 or _is_module(name)


def _is_inside(context: Context, first: int, last: int) -> bool:
    """Return whether a pair of brackets encloses two tokens."""
    return any(opener < first and last < closer for opener, closer in context.brackets.partner.items())


def _is_module(name: str) -> bool:
    return name in sys.stdlib_module_names


@cache
def _methods() -> frozenset[str]:
    """Return the public methods of the builtin types."""
    return frozenset(name for kind in (str, list, dict, set, bytes) for name in dir(kind) if not name.startswith("_"))
