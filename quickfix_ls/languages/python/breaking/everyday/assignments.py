"""Everyday errors of `=`, `==` and `:=`."""

from __future__ import annotations

import ast
from itertools import pairwise
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.code_blocks import blocks_of, tree_of

_CONDITIONS = frozenset({"if", "elif", "while", "and", "or", "not"})


@everyday
def assign_in_condition(code: Code, rng: Random) -> Pair | None:
    """Write `=` in place of `==` in a condition, at one place or all of a text."""
    places = [index for index in code.where("==") if _is_whole_comparison(code, index)]
    if not places:
        return None
    chosen = places if rng.random() < 0.4 else [rng.choice(places)]
    text = code.text
    for index in sorted(chosen, reverse=True):
        token = code.tokens[index]
        text = text[: token.start] + "=" + text[token.end :]
    return Pair(text, code.text)


@everyday
def bind_in_condition(code: Code, rng: Random) -> Pair | None:
    """Write `if m = f(x):` where a name is bound in the line above a condition, or `:=` binds it; the right text
    has `:=`."""
    taken = _of_walrus(code, rng)
    return taken or _of_assignment(code, rng)


@everyday
def colon_equals(code: Code, rng: Random) -> Pair | None:
    """Write `x := 3` as a statement."""
    places = [
        index
        for index in code.where("=")
        if index and len(code.line_before(index)) == 1 and code.tokens[index - 1].kind == "name"
    ]
    if not places:
        return None
    token = code.tokens[rng.choice(places)]
    return Pair(code.text[: token.start] + ":=" + code.text[token.end :], code.text)


@everyday
def equals_twice(code: Code, rng: Random) -> Pair | None:
    """Write `x = = 3` or `x == 3 = y` in place of an assignment's `=`."""
    places = [index for index in code.where("=") if index and len(code.line_before(index)) in (1, 3)]
    places = [index for index in places if code.line_before(index)[-1:] != ["("] and _is_statement(code, index)]
    if not places:
        return None
    token = code.tokens[rng.choice(places)]
    return Pair(code.text[: token.start] + "= =" + code.text[token.end :], code.text)


def _is_statement(code: Code, index: int) -> bool:
    words = code.line_before(index)
    return len(words) == 1 or (len(words) == 3 and words[1] == ".")


def _is_whole_comparison(code: Code, index: int) -> bool:
    """Return whether `==` compares in a condition, outside of brackets, with a plain target before it."""
    words = code.line_before(index)
    if not words or words[-1] not in ("if", "elif", "while", "assert"):
        return False
    depth = sum((word in ")]}") - (word in "([{") for word in words if len(word) == 1)
    return depth == 0 and words[0] != ")"


def _of_walrus(code: Code, rng: Random) -> Pair | None:
    """Take `:=` for `=`; what is bound must be a condition's name, in brackets or alone."""
    places = [index for index in code.where(":=") if {*code.line_before(index)} & _CONDITIONS]
    if not places:
        return None
    index = rng.choice(places)
    token = code.tokens[index]
    return Pair(code.text[: token.start] + "=" + code.text[token.end :], code.text)


def _of_assignment(code: Code, rng: Random) -> Pair | None:
    """Join `m = f(x)` with the `if m:` or `if m is not None:` below it."""
    lines = code.text.split("\n")
    found = []
    for body in (tree_of(code.text).body, *(list(block.body) for block in blocks_of(code.text))):
        for first, second in pairwise(body):
            name = _bound(first)
            if name and isinstance(second, ast.If) and second.lineno == first.lineno + 1:
                test = ast.get_source_segment(code.text, second.test) or ""
                reads = [node for node in ast.walk(second) if isinstance(node, ast.Name) and node.id == name]
                seen = [node for node in ast.walk(tree_of(code.text)) if isinstance(node, ast.Name) and node.id == name]
                is_new = min(seen, key=lambda node: (node.lineno, node.col_offset)).lineno == first.lineno
                if len(reads) > 1 and is_new and (test == name or test.startswith((f"{name} is ", f"{name} > "))):
                    found.append((first, second, name, test))
    if not found:
        return None
    first, second, name, test = rng.choice(found)
    value = ast.get_source_segment(code.text, first.value)  # type: ignore[attr-defined]  # `_bound` says it has one
    rest = test[len(name) :]
    line = lines[second.lineno - 1]
    if not value or "\n" in value or "\n" in test or f"if {test}:" not in line:
        return None
    bound = f"{name} := {value}" if not rest else f"({name} := {value}){rest}"
    loose = f"{name} = {value}{rest}" if rng.random() < 0.6 or not rest else f"({name} = {value}){rest}"
    right = line.replace(f"if {test}:", f"if {bound}:")
    wrong = line.replace(f"if {test}:", f"if {loose}:")
    before, after = lines[: first.lineno - 1], lines[second.lineno :]
    return Pair("\n".join([*before, wrong, *after]), "\n".join([*before, right, *after]))


def _bound(node: ast.stmt) -> str:
    """Return the name that an assignment binds to the result of a call; an empty string for another statement."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call) or node.lineno != node.end_lineno:
        return ""
    target = node.targets[0]
    return target.id if len(node.targets) == 1 and isinstance(target, ast.Name) else ""
