"""Everyday errors of `async` and `await`."""

from __future__ import annotations

import ast
import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.code_blocks import tree_of

_CALLS = ("main()", "run()", "start()", "fetch(url)", "work(3)", "client.connect()", "load_all(paths)", "bot.start(t)")


@everyday
def await_outside_async(code: Code, rng: Random) -> Pair | None:
    """Leave out the `async` of a function that awaits, or that has `async with` or `async for`; a function that calls
    another one of the text is made to await it where no real one does."""
    found = [node for node in ast.walk(tree_of(code.text)) if isinstance(node, ast.AsyncFunctionDef)]
    found = [node for node in found if _awaits(node)]
    lines = code.text.split("\n")
    if not found:
        return _made_async(code, rng)
    node = rng.choice(found)
    lines[node.lineno - 1] = lines[node.lineno - 1].replace("async def ", "def ", 1)
    return Pair("\n".join(lines), code.text)


@everyday
def await_in_module(code: Code, rng: Random) -> Pair | None:
    """Await in the code of a module what the right text runs by `asyncio.run`."""
    body = tree_of(code.text).body
    names = [node.name for node in body if isinstance(node, ast.FunctionDef) and not node.args.args]
    plain = [node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    if not plain or len(plain) != len(body) or "asyncio" in code.text:
        return None
    call = f"{names[0]}()" if names else rng.choice(_CALLS)
    text = code.text
    if names:
        text = re.sub(rf"^def {names[0]}\b", f"async def {names[0]}", text, count=1, flags=re.MULTILINE)
    target = rng.choice(("", "", "result = ", "data = "))
    has_import = rng.random() < 0.5
    gap = "\n\n\n" if rng.random() < 0.7 else "\n\n"
    head = "import asyncio\n\n\n"
    broken = f"{head if has_import else ''}{text.rstrip()}{gap}{target}await {call}\n"
    return Pair(broken, f"{head}{text.rstrip()}{gap}{target}asyncio.run({call})\n")


@everyday
def await_misplaced(code: Code, rng: Random) -> Pair | None:
    """Write `await x = load()`, `await for`, `await with` or `def async f`."""
    ways = [
        (r"(?m)^([ \t]*)([\w.]+) = await ", r"\1await \2 = "),
        (r"\basync for\b", "await for"),
        (r"\basync with\b", "await with"),
        (r"\basync def\b", rng.choice(("def async", "await def"))),
    ]
    fitting = [(pattern, new) for pattern, new in ways if re.search(pattern, code.text)]
    if not fitting:
        return None
    pattern, new = rng.choice(fitting)
    places = list(re.finditer(pattern, code.text))
    place = rng.choice(places)
    return Pair(code.text[: place.start()] + place.expand(new) + code.text[place.end() :], code.text)


def _awaits(node: ast.AsyncFunctionDef) -> bool:
    """Return whether a function awaits by itself, rather than in a function within it."""
    nested = [other for other in ast.walk(node) if other is not node and _is_function(other)]
    inner = {id(part) for other in nested for part in ast.walk(other)}
    waiting = (ast.Await, ast.AsyncFor, ast.AsyncWith)
    return any(isinstance(part, waiting) and id(part) not in inner for part in ast.walk(node))


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def _made_async(code: Code, rng: Random) -> Pair | None:
    """Put `await` before a call that is assigned or returned in a function; the right text makes that `async`."""
    found = []
    for function in ast.walk(tree_of(code.text)):
        if not isinstance(function, ast.FunctionDef):
            continue
        parts = [part for part in ast.walk(function) if part is not function]
        if any(_is_function(part) or isinstance(part, ast.Yield | ast.YieldFrom) for part in parts):
            continue
        for node in parts:
            value = node.value if isinstance(node, ast.Assign | ast.Return | ast.Expr) else None
            if isinstance(value, ast.Call):
                found.append((function, value))
    if not found or rng.random() < 0.5:
        return None
    function, call = rng.choice(found)
    lines = code.text.split("\n")
    line, column = call.lineno - 1, len(lines[call.lineno - 1].encode()[: call.col_offset].decode())
    if "def " not in lines[function.lineno - 1]:
        return None
    lines[line] = f"{lines[line][:column]}await {lines[line][column:]}"
    broken = "\n".join(lines)
    lines[function.lineno - 1] = lines[function.lineno - 1].replace("def ", "async def ", 1)
    return Pair(broken, "\n".join(lines))
