"""Single `=` in conditions: where they are, and whether a comparison or an assignment expression is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.enclosing import (
    block_end,
    in_brackets,
    innermost_function,
    logical_last,
    own_lines,
)
from quickfix_ls.languages.python.fixers.statements import find_top
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Edit

Reading = Literal["compare", "bind", "either"]

_HEADERS = frozenset({"if", "elif", "while", "assert"})
_JOINS = frozenset({"and", "or", "if", "else", "for", ",", ":", ";"})
_COMPARES = frozenset({"==", "!=", "<", ">", "<=", ">=", "is", "in", "not", "<>"})
_ENDS = frozenset({"None", "True", "False", *CLOSERS})


class ConditionAssignment(NamedTuple):
    """The `=` at token `sign`, in the line `line`; its target begins at token `target`, and its value ends before
    token `end`. `reading` is what is meant; `is_new`: it is to be bound, and the name has no value before."""

    line: int
    target: int
    sign: int
    end: int
    reading: Reading
    is_new: bool = False


def condition_assignments(context: Context) -> list[ConditionAssignment]:
    """Return every `=` in a condition of the function around the problem; empty if none is near the problem."""
    lines = own_lines(context)
    near = [index for index in lines if abs(index - context.line) <= 1]
    if not any(_signs(context, index) for index in near):
        return []
    return [_described(context, index, sign) for index in lines for sign in _signs(context, index)]


def condition_edits(context: Context, found: ConditionAssignment, reading: Reading) -> Iterator[Edit]:
    """Yield the edits that write an assignment as a comparison, or as an assignment expression with the brackets that
    it needs."""
    tokens = context.tokens
    sign = tokens[found.sign]
    if reading != "bind":
        yield context.edit(sign.start, sign.end, "==")
        return
    before, after = tokens[found.target - 1].text, tokens[found.end].text if found.end < len(tokens) else ""
    alone = before in ("if", "elif", "while") and after == ":"
    grouped = before == "(" and after == ")"
    needs_brackets = not grouped and not (alone and tokens[found.target - 1].text in _HEADERS)
    if needs_brackets:
        start = tokens[found.target].start
        yield context.edit(start, start, "(")
    yield context.edit(sign.start, sign.end, ":=")
    if needs_brackets:
        end = tokens[found.end - 1].end
        yield context.edit(end, end, ")")


def _signs(context: Context, line: int) -> Iterator[int]:
    """Yield the tokens `=` of a line that are in a condition: after `if`, `elif`, `while` or `assert` and before the
    colon, outside of the brackets of a call."""
    tokens = context.tokens
    openers: list[bool] = []  # for each open bracket, whether a condition is in it
    is_condition = False
    if in_brackets(context, line):
        return
    for index in range(context.lines[line].first, logical_last(context, line)):
        token = tokens[index]
        if token.text in _HEADERS and token.kind == "keyword":
            is_condition = True
        elif token.text in OPENERS:
            openers.append(is_condition)
            is_condition = is_condition and token.text == "(" and not _is_call(tokens, index)
        elif token.text in CLOSERS:
            is_condition = openers.pop() if openers else is_condition
        elif token.text in (":", "else", ";", "lambda"):
            is_condition = False
        elif token.text == "=" and is_condition and _is_alone(tokens, index):
            yield index


def _is_alone(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a `=` stands between two operands."""
    if not 0 < index < len(tokens) - 1:
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    ends = before.kind in ("name", "number", "string") or before.text in _ENDS
    return ends and (after.kind in ("name", "number", "string") or after.text in (*OPENERS, *_BEGINS))


_BEGINS = ("None", "True", "False", "-", "not", "await", "lambda", "~", "...")


def _is_call(tokens: Sequence[Token], opener: int) -> bool:
    before = tokens[opener - 1] if opener else None
    return before is not None and (before.kind in ("name", "string") or before.text in CLOSERS)


def _described(context: Context, line: int, sign: int) -> ConditionAssignment:
    tokens = context.tokens
    target = sign - 1
    end = sign + 1
    last = logical_last(context, line)
    while end < last and tokens[end].text not in (_JOINS | _COMPARES | {"="} | set(CLOSERS)):
        end = max(context.brackets.partner.get(end, end), end) + 1
    is_plain = tokens[target].kind == "name" and tokens[target - 1].text in {"(", "and", "or", "not", *_HEADERS}
    reading = _reading(context, line, sign, end) if is_plain and end > sign + 1 else "compare"
    is_new = reading == "bind" and not _is_known(context, line, tokens[target].text)
    return ConditionAssignment(line, target, sign, end, reading, is_new)


def _reading(context: Context, line: int, sign: int, end: int) -> Reading:
    """Return what is meant by `name = value` in a condition.

    A value that is computed and whose name is read afterwards is bound here, if the name has no value before; in a
    `while`, a call binds anew in each round.
    """
    tokens, head = context.tokens, context.tokens[context.lines[line].first].text
    name = tokens[sign - 1].text
    value = tokens[sign + 1 : end]
    is_called = any(token.text == "(" for token in value)
    if all(token.kind in ("number", "string") or token.text in ("None", "True", "False", "-") for token in value):
        return "compare"
    is_read, is_rebound = _is_used_after(context, line, end, name)
    is_known = _is_known(context, line, name)
    if head == "while" and is_called:
        return "compare" if is_rebound and is_known else "bind"
    if is_known:
        return "compare"
    if is_called or is_read:
        return "bind" if is_read or is_called else "either"
    return "either"


def _is_used_after(context: Context, line: int, end: int, name: str) -> tuple[bool, bool]:
    """Return whether a name is read after a token, in its function, and whether the header's block assigns to it."""
    tokens, lines = context.tokens, context.lines
    last = lines[own_lines(context)[-1]].last
    read = rebound = False
    block = lines[block_end(lines, line)].last
    for index in range(end, last):
        token = tokens[index]
        if token.text != name or token.kind != "name" or tokens[index - 1].text == ".":
            continue
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        starts = tokens[index - 1].kind == "newline"
        if after == "=" and starts:
            rebound = rebound or index < block
        elif not (after == "=" and tokens[index - 1].text in ("(", ",")):
            read = True
    if _is_in_comprehension(tokens, lines[line].first, end, name):
        read = True
    return read, rebound


def _is_in_comprehension(tokens: Sequence[Token], first: int, end: int, name: str) -> bool:
    """Return whether a comprehension's element, which stands before its condition, reads a name."""
    at = find_top(tokens, first, end, ("for",))
    return at is None and any(
        tokens[index].text == name and tokens[index - 1].text in (*OPENERS, ",", ":") for index in range(first + 1, end)
    )


def _is_known(context: Context, line: int, name: str) -> bool:
    """Return whether a name occurs before a line in its function, or, for code of the module, before it in the file."""
    tokens, lines = context.tokens, context.lines
    head = innermost_function(context, line)
    first = lines[head if head is not None else own_lines(context)[0]].first
    for index in range(first, lines[line].first):
        if tokens[index].text == name and tokens[index].kind == "name" and (not index or tokens[index - 1].text != "."):
            return True
    if head is not None:
        return False
    before = context.snapshot.text[: context.region.start + lines[line].start]
    bound = rf"^(?:{name}\b(?!\s*\()|(?:for|with|import|from)\b[^\n]*(?<![\w.]){name}\b|(?:def|class)[ \t]+{name}\b)"
    return re.search(bound, before, re.MULTILINE) is not None
