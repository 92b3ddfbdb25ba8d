"""Notebooks as files (`.ipynb`, format 4): the code cells of the JSON, and the JSON with other sources of cells.

Only the strings of a source that change are written anew; keys, outputs, ids and indentation stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from json.decoder import JSONDecodeError
from typing import Any, NamedTuple

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.documents.formats.json_text import Placed, character_starts, elements, members, string_edited
from quickfix_ls.values import Span

FORMAT = 4
SEPARATOR = "\x1e"
"""A character that no source has, so that a text of cells can be taken apart again."""

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_ESCAPED = re.compile(r"\\u(?!00[0-7])[0-9a-fA-F]{4}")
_PYTHON = frozenset({"python", "ipython"})


class NotebookError(ValueError):
    """The text is no notebook that can be read; the message says why."""


class CodeCell(NamedTuple):
    """A code cell: its `source`, the strings that make it up where they are written in the JSON, and the value and span
    of the whole. `number` counts the code cells from 1; `executed` is the number of its last execution, None if
    there was none; `errors` are the outputs of type error."""

    number: int
    source: str
    is_python: bool
    whole: Placed
    strings: tuple[Placed, ...]
    executed: int | None
    errors: tuple[dict[str, Any], ...]

    @property
    def label(self) -> str:
        """The cell's name in messages: `cell 3`, with the number of its execution where that is another."""
        return f"cell {self.number}" + (f" [{self.executed}]" if self.executed not in (None, self.number) else "")


class NotebookFile:
    """The text of a notebook's JSON, and its code cells. Raises NotebookError for what is none of format 4."""

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            json.loads(text)
            top = dict(members(text, _first(text)))
        except (JSONDecodeError, RecursionError) as error:
            raise NotebookError(f"it is no JSON: {error}") from error
        self.cells = tuple(_cells(text, top))
        if any(SEPARATOR in cell.source for cell in self.cells):
            raise NotebookError("a cell holds the control character U+001E")

    @cached_property
    def _ascii_only(self) -> bool:
        """Whether what is not ASCII is escaped, as far as can be seen."""
        return _NOT_ASCII.search(self.text) is None and _ESCAPED.search(self.text) is not None

    @property
    def _comma(self) -> str:
        """What is between values on one line, as far as can be seen."""
        return ", " if '": ' in self.text else ","

    def with_sources(self, sources: Sequence[str]) -> str:
        """Return the JSON in which the code cells have these sources."""
        parts, end = [], 0
        for cell, source in zip(self.cells, sources, strict=True):
            if source != cell.source:
                span, new = self._edit(cell, source)
                parts += [self.text[end : span.start], new]
                end = span.end
        return "".join([*parts, self.text[end:]])

    def place_of(self, cell: CodeCell, offset: int) -> int:
        """Return the offset in the JSON of the character of a cell's source at an offset."""
        for string in cell.strings:
            if offset < len(string.value) or string is cell.strings[-1]:
                starts = character_starts(self.text[string.span.start : string.span.end])
                return string.span.start + starts[min(offset, len(string.value))]
            offset -= len(string.value)
        return cell.whole.span.start

    def _edit(self, cell: CodeCell, source: str) -> tuple[Span, str]:
        """Return the span of the JSON to replace, and the text to put there, for a new source of a cell."""
        if not isinstance(cell.whole.value, list):
            return cell.whole.span, self._written(cell.whole, source)
        if not cell.strings:
            return cell.whole.span, self._new_list(cell.whole.span, _LINES.findall(source))
        old = [string.value for string in cell.strings]
        new = _LINES.findall(source)
        if "".join(old[:1]) == cell.source and cell.source.count("\n") > cell.source.endswith("\n"):
            new = [source]  # all lines in one string, as some tools write them
        head, tail = common_ends(old, new)
        middle, gone = new[head : len(new) - tail], cell.strings[head : len(old) - tail]
        if len(middle) == len(gone):
            edited = [self._written(string, text) for string, text in zip(gone, middle, strict=True)]
            gaps = [self.text[a.span.end : b.span.start] for a, b in pairwise(gone)]
            joined = "".join(part for pair in zip(edited, [*gaps, ""], strict=True) for part in pair)
            return Span(gone[0].span.start, gone[-1].span.end), joined
        if not new:
            return cell.whole.span, "[]"
        # One string more of those that stay, so that there is one on both sides to take commas from.
        keep = head - 1 if head else head
        following = tail if head else max(0, tail - 1)
        first, last = keep, len(old) - 1 - following
        before, between = self._spaces(cell)
        texts = self._spelt(cell.strings[first : last + 1], new[keep : len(new) - following])
        start = cell.strings[first].span.start
        return Span(start, cell.strings[last].span.end), (between or ("," + before if before else self._comma)).join(
            texts
        )

    def _spelt(self, strings: Sequence[Placed], lines: Sequence[str]) -> list[str]:
        """Return lines as JSON strings; those that were there are spelt as before."""
        spelt = {string.value: self.text[string.span.start : string.span.end] for string in strings}
        return [spelt.get(line) or json.dumps(line, ensure_ascii=self._ascii_only) for line in lines]

    def _spaces(self, cell: CodeCell) -> tuple[str, str]:
        """Return what is before the first string of a list, and what is between the first two, empty if there is one
        only."""
        first = cell.strings[0].span
        before = self.text[cell.whole.span.start + 1 : first.start]
        return before, self.text[first.end : cell.strings[1].span.start] if len(cell.strings) > 1 else ""

    def _new_list(self, span: Span, lines: Sequence[str]) -> str:
        """Return a list of strings where an empty one was, indented one step deeper than its line if there are lines in
        the JSON."""
        begin = self.text.rfind("\n", 0, span.start) + 1
        line = self.text[begin : span.start]
        indent = line[: len(line) - len(line.lstrip(" \t"))] if begin else ""
        end = "\r\n" if self.text[max(0, begin - 2) : begin] == "\r\n" else "\n"
        step = indent[: max(1, len(indent) // 3)]
        texts = [json.dumps(text, ensure_ascii=self._ascii_only) for text in lines]
        if not indent:
            return f"[{self._comma.join(texts)}]"
        return "[" + ",".join(f"{end}{indent}{step}{text}" for text in texts) + f"{end}{indent}]"

    def _written(self, string: Placed, value: str) -> str:
        return string_edited(self.text[string.span.start : string.span.end], value, ascii_only=self._ascii_only)


def _first(text: str) -> int:
    start = len(text) - len(text.lstrip(" \t\r\n"))
    if text[start : start + 1] != "{":
        raise NotebookError("it is no notebook: its JSON is no object")
    return start


def _cells(text: str, top: dict[str, Placed]) -> list[CodeCell]:
    """Return the code cells of the notebook with these keys."""
    version = top["nbformat"].value if "nbformat" in top else None
    if version != FORMAT or isinstance(version, bool):
        older = "; `jupyter nbconvert --to notebook --inplace` converts it" if isinstance(version, int) else ""
        said = f"format {version}" if isinstance(version, int) else "no format"
        raise NotebookError(f"it is a notebook of {said}, and only format {FORMAT} is read{older}")
    if "cells" not in top or not isinstance(top["cells"].value, list):
        raise NotebookError("it is no notebook: it has no list of cells")
    is_python = _is_python(top["metadata"].value if "metadata" in top else None)
    found: list[CodeCell] = []
    for number, element in enumerate(elements(text, top["cells"].span.start), 1):
        if not isinstance(element.value, dict) or not isinstance(element.value.get("cell_type"), str):
            raise NotebookError(f"cell {number} of all has no type")
        keys = dict(members(text, element.span.start))
        if "source" not in keys or not _is_source(keys["source"].value):
            raise NotebookError(f"cell {number} of all has no source that is a text or a list of texts")
        if element.value["cell_type"] == "code":
            found.append(_code_cell(text, len(found) + 1, element.value, keys["source"], is_python=is_python))
    return found


def _code_cell(text: str, number: int, cell: dict[str, Any], source: Placed, *, is_python: bool) -> CodeCell:
    is_list = isinstance(source.value, list)
    strings = tuple(elements(text, source.span.start)) if is_list else (source,)
    outputs = cell.get("outputs")
    errors = tuple(
        output
        for output in (outputs if isinstance(outputs, list) and not _is_shown_on_purpose(cell) else ())
        if isinstance(output, dict) and output.get("output_type") == "error"
    )
    count = cell.get("execution_count")
    language = _at(cell, "metadata", "vscode", "languageId")
    is_own = is_python and (not isinstance(language, str) or language in _PYTHON)
    joined = "".join(string.value for string in strings)
    return CodeCell(number, joined, is_own, source, strings, count if isinstance(count, int) else None, errors)


def _is_shown_on_purpose(cell: dict[str, Any]) -> bool:
    """Return whether the author of a cell says that it raises an error."""
    tags = _at(cell, "metadata", "tags")
    return isinstance(tags, list) and "raises-exception" in tags


def _is_source(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(line, str) for line in value))


def _is_python(metadata: Any) -> bool:
    named = _at(metadata, "kernelspec", "language") or _at(metadata, "language_info", "name")
    return not isinstance(named, str) or named.lower() in _PYTHON


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
