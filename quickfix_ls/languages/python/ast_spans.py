"""Conversion of positions in syntax trees (line, column in UTF-8 bytes) to offsets in code points."""

from __future__ import annotations

import ast
import re
from typing import Any

from quickfix_ls.values import Span

# Comments that suppress other tools' reports of undefined names on a line suppress ours, too.
_SUPPRESSED = re.compile(
    r"#\s*noqa(?!:)|#\s*noqa:[^#]*\bF82\d?\b|#\s*type:\s*ignore(?!\[)|#\s*type:\s*ignore\[[^\]]*name-defined"
)
_SUPPRESSED_REFERENCE = re.compile(r"#.*\b(?:noqa|type:\s*ignore|pylint:\s*disable|pyright:|ty:\s*ignore)")
_LINE = re.compile(r"\r\n|\r|\n")


class Places:
    """Positions in one source text, as offsets."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.starts = [0, *(match.end() for match in _LINE.finditer(source))]
        self.ascii = source.isascii()
        self.any_suppressed = _SUPPRESSED.search(source) is not None

    def of(self, node: ast.Name) -> Span:
        """Return the span of a name."""
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
        """Return the span, relative to `origin`, of the last component of an attribute, or of the first occurrence of
        `word` in any other node. None before `origin`, where the tree's columns are wrong, and on a line with a comment
        that suppresses diagnostics."""
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
        return None if "#" in line and _SUPPRESSED_REFERENCE.search(line) else Span(start - origin, end - origin)

    def silenced(self, line: int) -> bool:
        """Return whether a comment on a line (from 1) suppresses reports of undefined names."""
        if not self.any_suppressed:
            return False
        end = self.starts[line] if line < len(self.starts) else len(self.source)
        return _SUPPRESSED.search(self.source, self.starts[line - 1], end) is not None

    def of_body(self, node: Any) -> int:
        """Return the first offset at which names of a scope's node can be read."""
        body = getattr(node, "body", node)
        first = body[0] if isinstance(body, list) else body
        if getattr(first, "decorator_list", None):
            first = first.decorator_list[0]
        return self.offset(first.lineno, first.col_offset)

    def end_of(self, node: ast.AST) -> int:
        """Return the offset where a node ends."""
        return self.offset(getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0))

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line (from 1) and a column (in UTF-8 bytes)."""
        start = self.starts[min(line, len(self.starts)) - 1]
        if self.ascii:
            return min(start + column, len(self.source))
        end = self.starts[line] if line < len(self.starts) else len(self.source)
        return start + len(self.source[start:end].encode()[:column].decode(errors="ignore"))
