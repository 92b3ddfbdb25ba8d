"""Remove a name from a `global` or `nonlocal` declaration that cannot have it: a parameter of the function, or a name
of the module itself; replace `nonlocal` with `global` for a name of the module."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.declarations import Declaration, declaration_near
from quickfix_ls.languages.python.fixers.enclosing import innermost_function
from quickfix_ls.values import Candidate, Edit

_PARAMETER = re.compile(r"name '(\w+)' is parameter and (?:global|nonlocal)")
_UNBOUND = re.compile(r"no binding for nonlocal '(\w+)' found")


@fixer(
    handles="syntax",
    examples=[
        Example("def grow(size):\n    global size\n    size += 1\n", "def grow(size):\n    size += 1\n"),
        Example(
            "def grow(size):\n    global size, total\n    total = size\n",
            "def grow(size):\n    global total\n    total = size\n",
        ),
        Example("nonlocal x\nx = 3\n", "x = 3\n"),
        Example("score = 0\nprint(score)\nglobal score\n", "score = 0\nprint(score)\n"),
        Example("n = 0\ndef f():\n    nonlocal n\n    n += 1\n", "n = 0\ndef f():\n    global n\n    n += 1\n"),
    ],
    leaves=["def step():\n    print(count)\n    global count\n"],
)
def drop_global(context: Context) -> Iterator[Candidate]:
    found = declaration_near(context)
    if found is None:
        return
    tokens, message = context.tokens, context.problem.message
    is_module = innermost_function(context, found.line) is None
    if unbound := _UNBOUND.match(message):
        word = tokens[found.first]
        if re.search(rf"^{unbound[1]}\b", context.snapshot.text, re.MULTILINE):
            yield Candidate((context.edit(word.start, word.end, "global"),), "Replace `nonlocal` with `global`")
    elif parameter := _PARAMETER.match(message):
        yield from _without(context, found, parameter[1], "which is a parameter")
    elif is_module and ("at module level" in message or "global declaration" in message):
        yield Candidate((_removed(context, found),), f"Remove `{found.text}`, which says nothing in a module")


def _without(context: Context, found: Declaration, name: str, reason: str) -> Iterator[Candidate]:
    tokens = context.tokens
    kept = [tokens[index].text for index in found.names if tokens[index].text != name]
    if len(kept) == len(found.names):
        return
    if not kept:
        yield Candidate((_removed(context, found),), f"Remove `{found.text}`, {reason}")
        return
    start, end = tokens[found.names[0]].start, tokens[found.names[-1]].end
    yield Candidate((context.edit(start, end, ", ".join(kept)),), f"Remove `{name}`, {reason}, from the declaration")


def _removed(context: Context, found: Declaration) -> Edit:
    """Return the edit that removes the declaration's line; `pass` takes its place where it is the whole block."""
    lines = context.lines
    below = lines[found.line + 1] if found.line + 1 < len(lines) else None
    above = lines[found.line - 1] if found.line else None
    indent = lines[found.line].indent
    alone = (above is None or above.indent < indent) and (below is None or below.indent < indent)
    if alone and indent:
        return context.edit(context.tokens[found.first].start, context.tokens[found.last - 1].end, "pass")
    return context.edit(found.start, found.end, "")
