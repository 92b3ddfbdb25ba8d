"""Headers whose block is missing: whether the block is empty or was not indented, by what follows the header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.enclosing import in_brackets, logical_last
from quickfix_ls.languages.python.fixers.statements import find_top
from quickfix_ls.languages.python.statement_lines import BLOCK_KEYWORDS, SOFT_BLOCK_KEYWORDS

Reading = Literal["empty", "body", "either"]

BRANCHES = frozenset({"else", "elif", "except", "finally", "case"})
PARTNERS = {
    "else": frozenset({"if", "elif", "for", "while", "try", "except"}),
    "elif": frozenset({"if", "elif"}),
    "except": frozenset({"try", "except"}),
    "finally": frozenset({"try", "except", "else"}),
}
DEFINITIONS = frozenset({"def", "class", "async", "@"})
_LOOPS = frozenset({"for", "while"})
_ONLY_IN_FUNCTIONS = frozenset({"return", "yield", "nonlocal", "await"})
_SELF = frozenset({"self", "cls"})
_META = frozenset({"Meta", "Config", "Params", "Settings"})
_REACH = 3


def missing_block(context: Context) -> int | None:
    """Return the index of the header line near the problem whose block is missing; None if there is none. A header may
    lack its colon, if that is the problem."""
    for index in range(min(context.line, len(context.lines) - 1), max(-1, context.line - _REACH - 1), -1):
        if _lacks_block(context, index):
            while (above := _statement_above(context, index)) is not None and _lacks_block(context, above):
                index = above
            return index
    return None


def _statement_above(context: Context, index: int) -> int | None:
    """Return the line at which the statement above a line begins; None if there is none."""
    index -= 1
    while index > 0 and in_brackets(context, index):
        index -= 1
    return index if index >= 0 else None


def _lacks_block(context: Context, index: int) -> bool:
    """Return whether a line is a header, with its colon unless that is the problem, that has no block."""
    if not is_header(context, index) or not lacks_block(context, index) or _is_complete(context, index):
        return False
    return has_colon(context, index) or "expected ':'" in context.problem.message


def is_header(context: Context, index: int) -> bool:
    """Return whether a line begins the header of a compound statement, with or without its colon."""
    line = context.lines[index]
    head = context.tokens[line.first]
    if in_brackets(context, index):
        return False
    if head.text == "async":
        return line.last - line.first > 1 and context.tokens[line.first + 1].text in ("def", "for", "with")
    if head.text in SOFT_BLOCK_KEYWORDS:
        return context.tokens[logical_last(context, index) - 1].text == ":" and line.last - line.first > 2
    return head.text in BLOCK_KEYWORDS


def has_colon(context: Context, index: int) -> bool:
    """Return whether the header at a line has its colon, at the end or before a statement."""
    return find_top(context.tokens, context.lines[index].first, logical_last(context, index), (":",)) is not None


def lacks_block(context: Context, index: int) -> bool:
    """Return whether no line below the header at a line is indented deeper than it."""
    following = next_statement(context, index)
    return following is None or context.lines[following].indent <= context.lines[index].indent


def next_statement(context: Context, index: int) -> int | None:
    """Return the index of the first line after the statement that begins at a line; None at the end of the region."""
    index += 1
    while index < len(context.lines) and in_brackets(context, index):
        index += 1
    return index if index < len(context.lines) else None


def reading(context: Context, head: int) -> Reading:
    """Return what the header at a line lacks: its block (`empty`), or the indentation of its block (`body`)."""
    following = next_statement(context, head)
    lines = context.lines
    if following is None or is_branch_of(context, following, head) or _has_inner_comment(context, head, following):
        return "empty"
    line, keyword = lines[following], head_word(context, head)
    first = head_word(context, following)
    needs = _needs_header(context, head, following)
    if line.indent < lines[head].indent:
        return "body" if needs and not is_apart(context, following) else "empty"
    if first in BRANCHES or _is_main_guard(context, following):
        return "empty"
    if first in ("def", "class", "@"):
        return _reading_of_definition(context, head, following)
    if needs:
        return "body"
    if is_apart(context, following):
        return "empty"
    if keyword in ("def", "class"):
        return "body"
    # `pass` and the like stand alone in a block; a `return` behind a loop or a condition may go with either.
    return "either" if keyword in ("else", "except", "finally", "for", "while", "if") else "body"


def is_branch_of(context: Context, index: int, head: int) -> bool:
    """Return whether a line is a branch (`else`, `except`, ...) that belongs to the header at another line, or to the
    statement of which that is a branch."""
    partners = PARTNERS.get(head_word(context, index), frozenset())
    return head_word(context, head) in partners and context.lines[index].indent == context.lines[head].indent


def head_word(context: Context, index: int) -> str:
    """Return the keyword that a line begins with, without `async`; the first token of any other line."""
    line = context.lines[index]
    first = context.tokens[line.first].text
    return context.tokens[line.first + 1].text if first == "async" and line.last > line.first + 1 else first


def is_apart(context: Context, index: int) -> bool:
    """Return whether a blank line or a comment at the margin after one stands before a line."""
    above = context.lines[index - 1] if index else None
    start = context.tokens[above.last - 1].end if above is not None else 0
    between = context.region.text[start : context.lines[index].start]
    return re.search(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)", between) is not None


def names_bound_by(context: Context, lines: Iterable[int]) -> set[str]:
    """Return the names that the lines bind."""
    return set[str]().union(*(bound_names(context, index) for index in lines))


def bound_names(context: Context, index: int) -> set[str]:
    """Return the names that a line binds: parameters, loop variables, targets of an assignment, names after `as`."""
    tokens = context.tokens
    first, last = context.lines[index].first, logical_last(context, index)
    keyword = head_word(context, index)
    if keyword == "def":
        opener = find_top(tokens, first, last, ("(",))
        closer = context.brackets.partner.get(opener, last) if opener is not None else last
        return _parameters(context, opener + 1, closer) if opener is not None else set()
    if keyword == "for":
        end = find_top(tokens, first, last, ("in",)) or last
        return {token.text for token in tokens[first:end] if token.kind == "name"}
    names = {tokens[at + 1].text for at in range(first, last - 1) if tokens[at].text in ("as", "import")}
    equals = find_top(tokens, first, last, ("=",))
    if equals is not None and keyword not in BLOCK_KEYWORDS:
        target = tokens[first:equals]
        if all(token.kind == "name" or token.text in (",", "(", ")", "*", "=") for token in target):
            names |= {token.text for token in target if token.kind == "name"}
    return {name for name in names if name.isidentifier()}


def reads_any(context: Context, index: int, names: set[str]) -> bool:
    """Return whether the statement that begins at a line has one of the names, other than as an attribute."""
    tokens = context.tokens
    for at in range(context.lines[index].first, logical_last(context, index)):
        if tokens[at].kind == "name" and tokens[at].text in names and (not at or tokens[at - 1].text != "."):
            return True
        if tokens[at].kind == "string" and tokens[at].text[:1] in "fF" and names & _words(tokens[at].text):
            return True
    return False


def is_method(context: Context, index: int) -> bool:
    """Return whether the definition at a line, below its decorators, has `self` or `cls` as its first parameter."""
    for at in range(index, min(index + 5, len(context.lines))):
        if head_word(context, at) == "def":
            tokens = context.tokens[context.lines[at].first : context.lines[at].last]
            return any(token.text in _SELF and before.text == "(" for before, token in pairwise(tokens))
        if head_word(context, at) != "@":
            return False
    return False


def _words(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w.])[^\W\d]\w*", text))


def _parameters(context: Context, first: int, last: int) -> set[str]:
    tokens = context.tokens
    before = {"(", ",", "*", "**"}
    return {
        tokens[at].text
        for at in range(first, last)
        if tokens[at].kind == "name" and (tokens[at - 1].text in before or tokens[at - 1].kind == "newline")
    }


def _needs_header(context: Context, head: int, index: int) -> bool:
    """Return whether a line makes no sense outside of the header's block: `return` after a `def` of the module, `break`
    after a loop, a name that only the header binds."""
    keyword, first = head_word(context, head), head_word(context, index)
    if keyword == "def" and first in _ONLY_IN_FUNCTIONS:
        return True
    if keyword in _LOOPS and first in ("break", "continue") and not _is_in_loop(context, head):
        return True
    bound = bound_names(context, head)
    if keyword == "def" and bound & _SELF and reads_any(context, index, bound & _SELF):
        return True
    new = {name for name in bound if not _occurs_before(context, head, name)}
    return bool(new) and reads_any(context, index, new)


def _reading_of_definition(context: Context, head: int, index: int) -> Reading:
    """Return the reading where a definition follows the header."""
    keyword, is_class = head_word(context, head), head_word(context, index) == "class"
    gap = is_apart(context, index)
    if keyword == "class":
        if is_class:
            named = {token.text for token in context.tokens[context.lines[index].first : context.lines[index].last]}
            return "body" if named & _META else "empty"
        return "body" if is_method(context, index) else "empty" if gap else "either"
    if keyword == "def":
        return "body" if not gap and not is_class and _is_returned(context, head, index) else "empty"
    return "empty" if gap else "either"


def _is_returned(context: Context, head: int, index: int) -> bool:
    """Return whether a line below returns the function that is defined at a line, at the same indentation."""
    line = context.lines[index]
    name = next((token.text for token in context.tokens[line.first : line.last] if token.kind == "name"), "")
    for below in range(index + 1, len(context.lines)):
        first = context.lines[below].first
        if context.lines[below].indent <= context.lines[head].indent:
            return context.tokens[first].text == "return" and reads_any(context, below, {name})
    return False


def _is_in_loop(context: Context, index: int) -> bool:
    """Return whether a line is in the block of a loop."""
    indent = context.lines[index].indent
    for above in range(index - 1, -1, -1):
        if context.lines[above].indent < indent:
            indent = context.lines[above].indent
            if head_word(context, above) in _LOOPS:
                return True
            if head_word(context, above) == "def":
                return False
    return False


def _occurs_before(context: Context, index: int, name: str) -> bool:
    """Return whether a name occurs before a line, other than as an attribute, in the lines around it."""
    tokens = context.tokens
    last = context.lines[index].first
    return any(
        tokens[at].text == name and tokens[at].kind == "name" and (not at or tokens[at - 1].text != ".")
        for at in range(max(0, last - 300), last)
    )


def _has_inner_comment(context: Context, head: int, index: int) -> bool:
    """Return whether a comment that is indented deeper than the header stands between it and a line."""
    return any(indent > context.lines[head].indent for indent in _comments(context, head, index))


def _comments(context: Context, head: int, index: int) -> Iterator[int]:
    """Yield the indentation of the comments on lines of their own between a header and a line."""
    start = context.tokens[logical_last(context, head) - 1].end
    between = context.region.text[start : context.lines[index].start]
    for found in re.finditer(r"[\r\n]([ \t]*)#", between):
        yield len(found[1])


def _is_main_guard(context: Context, index: int) -> bool:
    line = context.lines[index]
    return [token.text for token in context.tokens[line.first : line.first + 2]] == ["if", "__name__"]


def _is_complete(context: Context, index: int) -> bool:
    """Return whether the header's block stands on its own line: `if x: go()`."""
    colon = find_top(context.tokens, context.lines[index].first, logical_last(context, index), (":",))
    return colon is not None and colon + 1 < logical_last(context, index)
