"""Everyday errors of people who come from other languages, or from Python 2: loops, exceptions, functions, switches,
blocks in braces."""

from __future__ import annotations

import ast
import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.code_blocks import blocks_of, tree_of, width

_HEAD = re.compile(r"(?P<white>[ \t]*)for (?P<names>\w+(?:, \w+)*) in (?P<rows>[^:#\n]+):")
_COUNT = re.compile(r"(?P<white>[ \t]*)for (?P<name>\w+) in range\((?P<args>[^()\n]+)\):")
_RAISE = re.compile(r"^(?P<head>[ \t]*raise [A-Z][\w.]*)\((?P<text>[^()\n]+)\)$", re.MULTILINE)
_EXCEPT = re.compile(r"^(?P<white>[ \t]*)except (?P<type>[\w.]+)(?: as (?P<name>\w+))?:$", re.MULTILINE)
_DEF = re.compile(r"^(?P<white>[ \t]*)def (?=\w)", re.MULTILINE)
_CASE = re.compile(r"^(?P<white>[ \t]*)case _:$", re.MULTILINE)
_SIMPLE_IF = re.compile(r"(?:if|elif) (?P<subject>\w+) == (?P<value>-?\d+|\"[^\"\n]*\"|'[^'\n]*'):")


@everyday
def for_of(code: Code, rng: Random) -> Pair | None:
    """Write `for x of xs`, `for (x of xs)`, `for (x in xs)`, `foreach x in xs` or `for x : xs` in place of a loop."""
    found = [match for match in _HEAD.finditer(code.text) if "for " not in match["rows"] and match["rows"][:1] != "("]
    if not found:
        return None
    match = rng.choice(found)
    names, rows = match["names"], match["rows"]
    ways = [f"for {names} of {rows}:", f"for ({names} of {rows}):", f"for each {names} in {rows}:",
            f"foreach {names} in {rows}:", f"for (let {names} of {rows}):", f"for {names} = {rows}:"]  # fmt: skip
    ways = ways if rows.startswith(("range(", "enumerate(", "zip(")) else ways[:-1]
    new = match["white"] + rng.choice(ways)
    return Pair(code.text[: match.start()] + new + code.text[match.end() :], code.text)


@everyday
def counting_loop(code: Code, rng: Random) -> Pair | None:
    """Write `for (i = 0; i < n; i++)` or `for i = 0 to n` in place of a loop over a range."""
    found = [match for match in _COUNT.finditer(code.text) if len(match["args"].split(",")) < 3]
    if not found:
        return None
    match = rng.choice(found)
    args = [part.strip() for part in match["args"].split(",")]
    low, high = ("0", args[0]) if len(args) == 1 else args
    if not re.fullmatch(r"[\w.]+", low) or not re.fullmatch(r"[\w.]+", high):
        return None
    i, kind = match["name"], rng.choice(("", "int ", "let ", "var "))
    way = rng.choice(
        (f"for ({kind}{i} = {low}; {i} < {high}; {i}++):", f"for ({kind}{i} = {low}; {i} < {high}; {i}++)")
    )
    return Pair(code.text[: match.start()] + match["white"] + way + code.text[match.end() :], code.text)


@everyday
def raise_without_call(code: Code, rng: Random) -> Pair | None:
    """Write `raise ValueError "text"`, `raise ValueError: "text"` or `throw new ValueError("text")`."""
    found = [match for match in _RAISE.finditer(code.text) if match["text"][:1] in "\"'fFrR" or rng.random() < 0.2]
    if not found:
        return None
    match = rng.choice(found)
    head, text = match["head"], match["text"]
    call = f"{head}({text})"
    ways = (f"{head} {text}", f"{head} {text}", f"{head}: {text}", call.replace("raise ", "throw ", 1),
            call.replace("raise ", "throw new ", 1), call.replace("raise ", "raise new ", 1))  # fmt: skip
    new = rng.choice(ways)
    return Pair(code.text[: match.start()] + new + code.text[match.end() :], code.text)


@everyday
def catch_clause(code: Code, rng: Random) -> Pair | None:
    """Write `catch` or `except E, e` or `except E e` in place of an `except`."""
    found = list(_EXCEPT.finditer(code.text))
    if not found:
        return None
    match = rng.choice(found)
    kind, name = match["type"], match["name"]
    ways = [f"catch {kind}:"] if not name else [f"catch {kind} as {name}:", f"catch ({kind} {name}):",
                                               f"except {kind}, {name}:", f"except {kind} {name}:"]  # fmt: skip
    new = match["white"] + rng.choice(ways)
    return Pair(code.text[: match.start()] + new + code.text[match.end() :], code.text)


@everyday
def function_word(code: Code, rng: Random) -> Pair | None:
    """Write `function`, `func`, `fn` or `define` in place of `def`, at one function or all."""
    found = list(_DEF.finditer(code.text))
    if not found:
        return None
    word = rng.choice(("function", "function", "function", "func", "fn", "define", "sub"))
    chosen = found if rng.random() < 0.5 else [rng.choice(found)]
    text = code.text
    for match in reversed(chosen):
        text = f"{text[: match.start()]}{match['white']}{word} {text[match.end() :]}"
    return Pair(text, code.text)


@everyday
def switch_statement(code: Code, rng: Random) -> Pair | None:
    """Write a chain of comparisons with constants as a `switch`, with `default` and `break`; the right text has
    `match`."""
    chain = _chain(code, rng)
    if chain is None:
        return None
    first, last, subject, cases, rest = chain
    lines = code.text.split("\n")
    white = lines[first][: width(lines[first])]
    has_breaks = rng.random() < 0.3
    wrong, right = [f"{white}switch {subject}:"], [f"{white}match {subject}:"]
    if rng.random() < 0.3:
        wrong[0], right[0] = f"{white}switch ({subject}):", f"{white}match ({subject}):"
    for value, body in (*cases, *((None, part) for part in [rest] if part)):
        inner = [f"    {line}" if line.strip() else line for line in body]
        ends = [f"{white}        break"] if has_breaks else []
        wrong += [f"{white}    {'default' if value is None else f'case {value}'}:", *inner, *ends]
        right += [f"{white}    case {'_' if value is None else value}:", *inner]
    before, after = lines[:first], lines[last:]
    return Pair("\n".join([*before, *wrong, *after]), "\n".join([*before, *right, *after]))


@everyday
def brace_block(code: Code, rng: Random) -> Pair | None:
    """Write a function, or the blocks of a text, with braces."""
    lines = code.text.split("\n")
    blocks = [block for block in blocks_of(code.text) if block.first == block.head + 1]
    blocks = [block for block in blocks if lines[block.head].rstrip().endswith(":") and "#" not in lines[block.head]]
    if not blocks or "{" in code.text or "case" in code.text:
        return None
    outer = rng.choice(blocks)
    chosen = [block for block in blocks if outer.head <= block.head < outer.last] if rng.random() < 0.5 else [outer]
    if any(lines[block.head].lstrip().startswith(("except", "else", "elif", "finally")) for block in chosen):
        return None
    on_own_line = rng.random() < 0.15
    broken: list[str] = []
    for number, line in enumerate(lines):
        opens = next((block for block in chosen if block.head == number), None)
        white = line[: width(line)]
        closes = [block for block in chosen if block.last == number]
        broken += [lines[block.head][: block.indent] + "}" for block in sorted(closes, key=lambda one: -one.indent)]
        if opens is not None and on_own_line:
            broken += [line.rstrip()[:-1], f"{white}{{"]
        else:
            broken.append(line.rstrip()[:-1] + " {" if opens is not None else line)
    closes = [block for block in chosen if block.last >= len(lines)]
    broken += [lines[block.head][: block.indent] + "}" for block in sorted(closes, key=lambda one: -one.indent)]
    return Pair("\n".join(broken), code.text)


def _chain(code: Code, rng: Random) -> tuple[int, int, str, list[tuple[str, list[str]]], list[str]] | None:
    """Return an `if` whose branches all compare one name with a constant: its first line, the line after it, the name,
    each value with the lines of its block, and the lines of the `else`."""
    lines = code.text.split("\n")
    found = []
    for node in ast.walk(tree_of(code.text)):
        if not isinstance(node, ast.If) or not lines[node.lineno - 1].lstrip().startswith("if "):
            continue
        cases: list[tuple[str, list[str]]] = []
        part: ast.If = node
        subject, rest = "", []
        while True:
            match = _SIMPLE_IF.fullmatch(lines[part.lineno - 1].strip())
            if match is None or (subject and match["subject"] != subject):
                subject = ""
                break
            subject = match["subject"]
            cases.append((match["value"], lines[part.lineno : part.body[-1].end_lineno]))
            if (
                len(part.orelse) == 1
                and isinstance(part.orelse[0], ast.If)
                and part.orelse[0].col_offset == node.col_offset
            ):
                part = part.orelse[0]
                continue
            if part.orelse:
                rest = lines[part.orelse[0].lineno - 1 : part.orelse[-1].end_lineno]
            break
        if subject and not _has_break(node) and all("#" not in line for _, body in cases for line in body):
            found.append((node.lineno - 1, node.end_lineno or node.lineno, subject, cases, rest))
    return rng.choice(found) if found else None


def _has_break(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Break | ast.Continue) for part in ast.walk(node))
