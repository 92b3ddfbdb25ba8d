"""Indent the blocks of headers whose bodies stand at the margin of the header."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import (
    BRANCHES,
    DEFINITIONS,
    PARTNERS,
    bound_names,
    has_colon,
    head_word,
    is_apart,
    is_header,
    lacks_block,
    reads_any,
)
from quickfix_ls.languages.python.fixers.enclosing import in_brackets, indent_step, logical_last
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.languages.python.statement_lines import LEAVING
from quickfix_ls.values import Edit


class Reflow:
    """The new indentation of lines, block by block; `white` maps a line to it, `colons` are headers without colon."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.white: dict[int, str] = {}
        self.colons: list[int] = []
        self._step = indent_step(context)

    def edits(self) -> Iterator[Edit]:
        """Yield the edits of all lines whose indentation changes, and of the colons."""
        context = self.context
        for index, white in self.white.items():
            line = context.lines[index]
            if indentation_of(context, line) != white:
                yield context.edit(line.start, line.start + line.indent, white)
        for index in self.colons:
            end = context.tokens[logical_last(context, index) - 1].end
            yield context.edit(end, end, ":")

    def statement(self, index: int, white: str) -> int:
        """Place the statement that begins at a line, its blocks and its branches; return the index after it."""
        context = self.context
        indent, head = context.lines[index].indent, head_word(context, index)
        end = self._with_block(index, white)
        while end < len(context.lines) and self._is_branch(end, head, indent):
            head = head_word(context, end)
            end = self._with_block(end, white)
        return end

    def _is_branch(self, index: int, head: str, indent: int) -> bool:
        partners = PARTNERS.get(head_word(self.context, index), frozenset())
        return head in partners and self.context.lines[index].indent == indent

    def _with_block(self, index: int, white: str) -> int:
        context = self.context
        old = indentation_of(context, context.lines[index])
        self.white[index] = white
        if is_header(context, index) and not has_colon(context, index):
            self.colons.append(index)
        end = index + 1
        while end < len(context.lines) and in_brackets(context, end):
            end += 1
        if is_header(context, index) and lacks_block(context, index) and not self._is_whole(index):
            return self._block(index, end, white)
        while end < len(context.lines) and context.lines[end].indent > context.lines[index].indent:
            inner = indentation_of(context, context.lines[end])
            if inner.startswith(old) and not in_brackets(context, end):
                self.white[end] = white + inner[len(old) :]
            end += 1
        return end

    def _is_whole(self, index: int) -> bool:
        context = self.context
        return has_colon(context, index) and context.tokens[logical_last(context, index) - 1].text != ":"

    def _block(self, head: int, index: int, white: str) -> int:
        """Place the lines after a header that are its block; return the index after them."""
        context, inner = self.context, white + self._step
        known = _names_before(context, head)
        own = bound_names(context, head)
        fresh = own - known if head_word(context, head) != "def" else set(own)
        last = head
        while index < len(context.lines):
            line = context.lines[index]
            if line.indent < context.lines[head].indent or head_word(context, index) in BRANCHES:
                break
            if last != head and not self._belongs(head, last, index, fresh):
                break
            last = index
            for at in range(index, self.statement(index, inner)):
                fresh |= bound_names(context, at) - known
                index = at
            index += 1
        return index

    def _belongs(self, head: int, last: int, index: int, fresh: set[str]) -> bool:
        """Return whether a line goes on with the block of a header, after the statement at line `last`."""
        context = self.context
        keyword, first = head_word(context, head), head_word(context, index)
        gap = is_apart(context, index)
        if head_word(context, last) in LEAVING and first not in ("def", "@"):
            return False
        if keyword == "class":
            return first in ("def", "@", "async") or not gap
        if first in DEFINITIONS:
            return False
        if keyword == "def":
            return self._belongs_to_function(head, index, fresh, gap)
        if self._comes_before_branch(head, index):
            return True
        if keyword in ("for", "while") and first in ("break", "continue"):
            return True
        if reads_any(context, index, fresh):
            return not gap or keyword in ("for", "with")
        names = _names_in(context, head)
        return keyword == "while" and not gap and bool(_assigned(context, index) & names)

    def _belongs_to_function(self, head: int, index: int, fresh: set[str], gap: bool) -> bool:
        context, first = self.context, head_word(self.context, index)
        if first in ("return", "yield"):
            return True
        name = next((t.text for t in context.tokens[context.lines[head].first :][:4] if t.kind == "name"), "")
        if context.lines[index].indent == 0 and first == "if" and reads_any(context, index, {"__name__"}):
            return False
        if not gap:
            return not reads_any(context, index, {name})
        return reads_any(context, index, fresh) and not reads_any(context, index, {name})

    def _comes_before_branch(self, head: int, index: int) -> bool:
        """Return whether a branch of the header follows below, at its indentation and without a blank line between."""
        context, indent = self.context, self.context.lines[head].indent
        keyword = head_word(context, head)
        for below in range(index, len(context.lines)):
            line, first = context.lines[below], head_word(context, below)
            if line.indent < indent or (is_apart(context, below) and keyword != "try") or first in DEFINITIONS:
                return False
            if line.indent == indent and first in BRANCHES:
                return keyword in PARTNERS.get(first, frozenset())
            if line.indent == indent and first in ("if", "try", "for", "while") and keyword != "try":
                return False
        return False


def _names_before(context: Context, index: int) -> set[str]:
    tokens, last = context.tokens, context.lines[index].first
    return {token.text for token in tokens[max(0, last - 400) : last] if token.kind == "name"}


def _names_in(context: Context, index: int) -> set[str]:
    line = context.lines[index]
    return {token.text for token in context.tokens[line.first : line.last] if token.kind == "name"}


def _assigned(context: Context, index: int) -> set[str]:
    """Return the name that a line assigns to, plainly or with an operator (`n -= 1`)."""
    line = context.lines[index]
    first, second = context.tokens[line.first], context.tokens[min(line.first + 1, line.last - 1)]
    return {first.text} if first.kind == "name" and second.text.endswith("=") and second.kind == "op" else set()
