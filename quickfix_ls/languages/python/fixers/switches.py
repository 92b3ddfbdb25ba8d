"""Edits that turn the `switch` statement of other languages, or a faulty `match`, into a `match` of Python."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import is_apart
from quickfix_ls.languages.python.fixers.enclosing import in_brackets, indent_step, logical_last
from quickfix_ls.languages.python.fixers.statements import find_top
from quickfix_ls.values import Edit

_HEADS = frozenset({"switch", "match", "select"})
_DEFAULTS = frozenset({"default", "otherwise", "else", "_"})
_REACH = 60


def switch_head(context: Context) -> int | None:
    """Return the line of the `switch` or `match` header whose cases are around the problem; None if there is none."""
    lines = context.lines
    for index in range(min(context.line + 1, len(lines) - 1), max(-1, context.line - _REACH), -1):
        if is_switch(context, index):
            return index
    return None


def is_switch(context: Context, index: int) -> bool:
    """Return whether a line is the header of a `switch` or `match`, with cases below."""
    line = context.lines[index]
    tokens = context.tokens[line.first : line.last]
    if tokens[0].text not in _HEADS or len(tokens) < 2 or in_brackets(context, index):
        return False
    is_call = tokens[1].text == "(" and tokens[-1].text not in (":", "{", ")")
    if is_call or tokens[1].text in ("=", ".", ",", ")", "]"):
        return False
    return bool(case_lines(context, index))


def case_lines(context: Context, head: int) -> list[int]:
    """Return the lines of a switch's cases: those at the column of the first line below the header that look like
    one; empty if the first line does not."""
    lines = context.lines
    first = head + 1
    if first < len(lines) and context.tokens[lines[first].first].text == "{":
        first += 1
    if first >= len(lines) or lines[first].indent < lines[head].indent or not _is_case(context, first):
        return []
    column, found = lines[first].indent, []
    for index in range(first, len(lines)):
        if lines[index].indent < column and not in_brackets(context, index):
            break
        if lines[index].indent == column:
            if not _is_case(context, index):
                break
            if column == lines[head].indent and is_apart(context, index):
                break
            found.append(index)
    return found


def switch_edits(context: Context, head: int, *, with_header: bool = True) -> list[Edit]:
    """Return the edits for the switch whose header is at a line, without those of the header if it is translated
    elsewhere."""
    cases = case_lines(context, head)
    is_foreign = context.tokens[context.lines[head].first].text != "match"
    edits = list(_header_edits(context, head)) if with_header else []
    for index, case in enumerate(cases):
        edits += _case_edits(context, case)
        end = cases[index + 1] if index + 1 < len(cases) else _end_of_case(context, case)
        edits += _break_edits(context, case, end, is_foreign=is_foreign)
    if cases and context.lines[cases[0]].indent == context.lines[head].indent and with_header:
        step = indent_step(context)
        for index in range(cases[0], _end_of_case(context, cases[-1])):
            start = context.lines[index].start
            if not any(edit.span.start == context.region.start + start for edit in edits):
                edits.append(context.edit(start, start, step))
    return edits


def _is_case(context: Context, index: int) -> bool:
    line = context.lines[index]
    first, last = context.tokens[line.first], context.tokens[line.last - 1]
    if first.text in ("case", "when"):
        return line.last - line.first > 1
    if first.text in _DEFAULTS:
        return line.last - line.first <= 2
    is_pattern = first.kind in ("number", "string") or first.text in ("None", "True", "False", "-", "(", "[")
    return is_pattern and last.text == ":"


def _header_edits(context: Context, head: int) -> Iterator[Edit]:
    line = context.lines[head]
    word, last = context.tokens[line.first], context.tokens[line.last - 1]
    if word.text != "match":
        yield context.edit(word.start, word.end, "match")
    if last.text not in (":", "{"):
        yield context.edit(last.end, last.end, ":")


def _case_edits(context: Context, index: int) -> Iterator[Edit]:
    tokens, line = context.tokens, context.lines[index]
    first, last = line.first, logical_last(context, index)
    word = tokens[first]
    colon = find_top(tokens, first, last, (":",))
    arrow = next((at for at in range(first, last - 1) if [t.text for t in tokens[at : at + 2]] == ["=", ">"]), None)
    arrow = arrow if arrow is not None else find_top(tokens, first, last, ("->",))
    end = arrow or colon or last
    if word.text in ("case", "when"):
        if word.text == "when":
            yield context.edit(word.start, word.end, "case")
        yield from _pattern_edits(context, first + 1, end)
    elif word.text in _DEFAULTS:
        yield context.edit(word.start, word.end, "case _")
    else:
        yield context.edit(word.start, word.start, "case ")
    if arrow is not None:
        after = tokens[arrow + (1 if tokens[arrow].text == "->" else 2)]
        yield context.edit(tokens[arrow - 1].end, after.start, ": ")
    elif colon is None:
        yield context.edit(tokens[last - 1].end, tokens[last - 1].end, ":")


def _pattern_edits(context: Context, first: int, last: int) -> Iterator[Edit]:
    tokens = context.tokens
    if last - first == 1 and tokens[first].text in _DEFAULTS - {"_"}:
        yield context.edit(tokens[first].start, tokens[first].end, "_")
    guard = find_top(tokens, first, last, ("if",)) or last
    for index in range(first, guard):
        if tokens[index].text == "or":
            yield context.edit(tokens[index].start, tokens[index].end, "|")
        elif tokens[index].text == "|" and index + 1 < guard and tokens[index + 1].text == "|":
            yield context.edit(tokens[index].start, tokens[index + 1].end, "|")
    joined = find_top(tokens, first, guard, ("and",))
    if joined is not None and guard == last:
        yield context.edit(tokens[joined].start, tokens[joined].end, "if")


def _end_of_case(context: Context, case: int) -> int:
    """Return the index after the last line of the block of a case."""
    lines, index = context.lines, case + 1
    while index < len(lines) and (lines[index].indent > lines[case].indent or in_brackets(context, index)):
        index += 1
    return index


def _break_edits(context: Context, case: int, end: int, *, is_foreign: bool) -> Iterator[Edit]:
    """Yield the edit that removes the `break` at the end of a case; `pass` takes its place where the case has nothing
    else."""
    if end - 1 <= case or (not is_foreign and _is_in_loop(context, case)):
        return
    lines, last = context.lines, end - 1
    tokens = context.tokens[lines[last].first : lines[last].last]
    if tokens[0].text != "break" or lines[last].indent != lines[case + 1].indent:
        return
    if last == case + 1:
        yield context.edit(tokens[0].start, tokens[-1].end, "pass")
        return
    newline = context.region.text.find("\n", tokens[-1].end)
    yield context.edit(lines[last].start, newline + 1 if newline >= 0 else len(context.region.text), "")


def _is_in_loop(context: Context, index: int) -> bool:
    indent = context.lines[index].indent
    for above in range(index - 1, -1, -1):
        if context.lines[above].indent < indent:
            indent = context.lines[above].indent
            word = context.tokens[context.lines[above].first].text
            if word in ("for", "while", "async"):
                return True
            if word == "def":
                return False
    return False
