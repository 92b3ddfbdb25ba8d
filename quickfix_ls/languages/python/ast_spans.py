"""Where a syntax tree's nodes lie in the text: from lines and columns in UTF-8 to offsets in code points."""

from __future__ import annotations

import ast
import re
from typing import Any

from quickfix_ls.values import Span

# What people write on a line to silence other tools' reports of undefined names silences ours.
_SILENCED = re.compile(
    r"#\s*noqa(?!:)|#\s*noqa:[^#]*\bF82\d?\b|#\s*type:\s*ignore(?!\[)|#\s*type:\s*ignore\[[^\]]*name-defined"
)
_SILENCED_USE = re.compile(r"#.*\b(?:noqa|type:\s*ignore|pylint:\s*disable|pyright:|ty:\s*ignore)")
_LINE = re.compile(r"\r\n|\r|\n")


class Places:
    """The offsets of one source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.starts = [0, *(match.end() for match in _LINE.finditer(source))]
        self.ascii = source.isascii()
        self.any_silenced = _SILENCED.search(source) is not None

    def of(self, node: ast.Name) -> Span:
        """The span of a name."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        span = Span(self.offset(node.lineno, node.col_offset), self.offset(end_line, end_column))
        if self.source[span.start : span.end] == node.id or not node.id.isascii():
            return span
        # Before 3.12, columns within an f-string of several lines or parts are wrong.
        word = re.compile(rf"\b{node.id}\b")
        line = self.offset(node.lineno, 0)
        found = word.search(self.source, line) or word.search(self.source)
        return Span(found.start(), found.end()) if found else span

    def of_word(self, node: Any, word: str, origin: int) -> Span | None:
        """The span, relative to `origin`, of the word that an attribute ends with, or the first one of any other node.
        None before `origin`, where the tree's columns are wrong, and on a line that is silenced."""
        if isinstance(node, ast.Attribute):
            end = self.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
            start = end - len(word)
        else:
            found = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").search(
                self.source, self.offset(node.lineno, node.col_offset)
            )
            start, end = found.span() if found else (0, 0)
        if start < origin or self.source[start:end] != word:
            return None
        line_end = _LINE.search(self.source, end)
        line = self.source[self.source.rfind("\n", 0, start) + 1 : line_end.start() if line_end else len(self.source)]
        return None if "#" in line and _SILENCED_USE.search(line) else Span(start - origin, end - origin)

    def silenced(self, line: int) -> bool:
        """Whether undefined names on a line (from 1) are not to be reported."""
        if not self.any_silenced:
            return False
        end = self.starts[line] if line < len(self.starts) else len(self.source)
        return _SILENCED.search(self.source, self.starts[line - 1], end) is not None

    def of_body(self, node: Any) -> int:
        """Where names of a scope's node can first be read."""
        body = getattr(node, "body", node)
        first = body[0] if isinstance(body, list) else body
        if getattr(first, "decorator_list", None):
            first = first.decorator_list[0]
        return self.offset(first.lineno, first.col_offset)

    def end_of(self, node: ast.AST) -> int:
        """The offset where a node ends."""
        return self.offset(getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0))

    def offset(self, line: int, column: int) -> int:
        """The offset of a line (from 1) and column (in bytes of UTF-8)."""
        start = self.starts[min(line, len(self.starts)) - 1]
        if self.ascii:
            return min(start + column, len(self.source))
        end = self.starts[line] if line < len(self.starts) else len(self.source)
        return start + len(self.source[start:end].encode()[:column].decode(errors="ignore"))
