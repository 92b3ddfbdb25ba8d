"""Everyday errors of `global`, `nonlocal` and `from __future__ import`."""

from __future__ import annotations
import __future__

import ast
import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.code_blocks import Block, Function, blocks_of, span_of, width
from quickfix_ls.languages.python.breaking.misspelt_words import mistype

_FEATURES = ("annotations", "annotations", "annotations", "division", "print_function", "absolute_import",
             "unicode_literals", "generator_stop")  # fmt: skip


@everyday
def global_after_use(code: Code, rng: Random) -> Pair | None:
    """Declare a name `global` after it is used; the right text declares it at the top of the function."""
    function = _function(code, rng)
    if function is None:
        return None
    names = _assigned(function)
    if not names:
        return None
    name = rng.choice(sorted(names))
    lines = code.text.split("\n")
    uses = [node for part in function.body for node in ast.walk(part) if isinstance(node, ast.Name) and node.id == name]
    first_use = min(node.lineno for node in uses)
    after = [span_of(part)[0] for part in function.body if part.lineno > first_use]
    if not after:
        return None
    start = span_of(function.body[_docstring(function)])[0]
    white = lines[start][: width(lines[start])]
    declared = f"{white}global {name}"
    place = after[0] if rng.random() < 0.7 else rng.choice(after)
    broken = [*lines[:place], declared, *lines[place:]]
    fixed = [*lines[:start], declared, *lines[start:]]
    return Pair("\n".join(broken), "\n".join(fixed))


@everyday
def global_parameter(code: Code, rng: Random) -> Pair | None:
    """Declare a parameter `global`, alone or with another name; the right text does not declare it."""
    function = _function(code, rng)
    names = _parameters(function) if function is not None else []
    if function is None or not names:
        return None
    name = rng.choice(names)
    lines = code.text.split("\n")
    start = span_of(function.body[_docstring(function)])[0]
    white = lines[start][: width(lines[start])]
    others = sorted(_assigned(function) - set(names))
    if others and rng.random() < 0.3:
        other = rng.choice(others)
        pair = rng.choice((f"{name}, {other}", f"{other}, {name}"))
        broken = [*lines[:start], f"{white}global {pair}", *lines[start:]]
        return Pair("\n".join(broken), "\n".join([*lines[:start], f"{white}global {other}", *lines[start:]]))
    return Pair("\n".join([*lines[:start], f"{white}global {name}", *lines[start:]]), code.text)


@everyday
def global_assigned(code: Code, rng: Random) -> Pair | None:
    """Write `global x = 3`, `global x += 1` or `global (x)`; the right text declares it on a line of its own."""
    function = _function(code, rng)
    if function is None:
        return None
    lines = code.text.split("\n")
    start = span_of(function.body[_docstring(function)])[0]
    node = function.body[_docstring(function)]
    white = lines[start][: width(lines[start])]
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        name = node.targets[0].id
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        name = node.target.id
    else:
        return None
    broken = [*lines[:start], f"{white}global {lines[start].lstrip()}", *lines[start + 1 :]]
    fixed = [*lines[:start], f"{white}global {name}", *lines[start:]]
    return Pair("\n".join(broken), "\n".join(fixed))


@everyday
def future_misspelt(code: Code, rng: Random) -> Pair | None:
    """Misspell the feature of a future import."""
    feature = rng.choice(_FEATURES)
    singular = feature.removesuffix("s")
    wrong = singular if singular != feature and rng.random() < 0.5 else mistype(feature, rng)
    if wrong in __future__.all_feature_names or not wrong.isidentifier() or "__future__" in code.text:
        return None
    head, gap = "from __future__ import ", "\n\n" if rng.random() < 0.7 else "\n"
    return Pair(f"{head}{wrong}{gap}{code.text}", f"{head}{feature}{gap}{code.text}")


@everyday
def future_not_first(code: Code, rng: Random) -> Pair | None:
    """Write a future import behind other imports, or further down; the right text has it at the beginning."""
    imports = re.match(r"(?:(?:import|from)[ \t][^\n(\\]*\n)+", code.text)
    if "__future__" in code.text or '"""' in code.text[:4] or not code.text.strip():
        return None
    line = f"from __future__ import {rng.choice(_FEATURES)}\n"
    if imports is None:
        head = rng.choice(("import os\n", "import sys\n", "import os\nimport sys\n", "import json\n\n"))
        rest = code.text if code.text.startswith("\n") else "\n" + code.text
        return Pair(f"{head}{line}{rest}", f"{line}{head}{rest}")
    return Pair(imports.group() + line + code.text[imports.end() :], line + code.text)


def _function(code: Code, rng: Random) -> Block | None:
    """Return the body of a function without declarations, in which none is nested."""
    others = (*Function, ast.Global, ast.Nonlocal, ast.ClassDef)
    found = [block for block in blocks_of(code.text) if isinstance(block.node, Function)]
    found = [
        block
        for block in found
        if len(block.body) > _docstring(block)
        and not any(isinstance(node, others) for part in block.body for node in ast.walk(part))
    ]
    return rng.choice(found) if found else None


def _parameters(block: Block) -> list[str]:
    if not isinstance(block.node, Function):
        return []
    return [argument.arg for argument in block.node.args.args if argument.arg not in ("self", "cls")]


def _docstring(block: Block) -> int:
    first = block.body[0]
    return int(isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(block.body) > 1)


def _assigned(block: Block) -> set[str]:
    """Return the names that a function's body assigns to as statements, and that are no parameters of it."""
    own: set[str] = set()
    if isinstance(block.node, Function):
        arguments = block.node.args
        own = {argument.arg for argument in (*arguments.args, *arguments.kwonlyargs, *arguments.posonlyargs)}
        own |= {argument.arg for argument in (arguments.vararg, arguments.kwarg) if argument is not None}
    found = set()
    for part in block.body:
        targets: list[ast.expr] = part.targets if isinstance(part, ast.Assign) else []
        if isinstance(part, ast.AugAssign):
            targets = [part.target]
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found - own
