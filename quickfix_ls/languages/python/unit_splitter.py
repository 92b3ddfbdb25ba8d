"""Split a file into units that can be lexed, checked and cached separately.

A unit is a top-level definition, a compound statement or a paragraph of statements; a class is split further into its
header and its members. The start of a unit depends only on the text back to the previous start, so after an edit
splitting resumes at the start before the edit and stops as soon as it reaches an old start again.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from quickfix_ls.documents.formats.python_code import SCAN, end_of_triple
from quickfix_ls.index.syntax import Stack, UnitStart

_LINE = re.compile(r"[^\r\n]*")
_HEAD = re.compile(r"(?P<indent>[ \t\f]*)(?P<word>\w+|[^\s\w])?")
_DEFINES = re.compile(r"[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+\w+[ \t]*[(:\[]")
_DECORATES = re.compile(r"(?:[ \t]*@[ \t]*[\w.]+[^\r\n]*\r?\n)+" + _DEFINES.pattern)
_IMPORTS = re.compile(r"(?:import[ \t]+\w|from[ \t]+[\w.]+[ \t]+import\b)")
_MARKER = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: [^\r\n]*)?(?:\r?\n(?P<deeper>[ \t]+\S)?|\Z)")
_FUTURE = re.compile(r"from[ \t]+__future__\b")
_CONTINUES = frozenset({"else", "elif", "except", "finally", "case", ")", "]", "}"})
_COMPOUND = frozenset({"if", "for", "while", "try", "with", "match", "async"})
_MEMBERS = frozenset({"def", "class", "async", "@"})


class UnitSplitter:
    """Iterates over the unit starts of `text` from `start`, which must be a unit start itself (or 0), with its `stack`.

    `seams` are offsets, in order, at which text of another origin begins: a unit always begins there, and nothing
    before it (an open bracket, a string, a class) continues after it.

    `open_string` is True once a triple-quoted string that is never closed was found: the split then depends on the end
    of the text, and after an edit the file cannot be split locally.
    """

    def __init__(self, text: str, start: int = 0, stack: Stack = (), seams: Sequence[int] = ()) -> None:
        self.text = text
        self.first = UnitStart(start, stack)
        self.seams = seams
        self.open_string = False

    def __iter__(self) -> Iterator[UnitStart]:
        begun = self.first
        for seam in self.seams[bisect_right(self.seams, begun.start) :]:
            if seam >= len(self.text):
                break
            yield from self._cuts(begun, seam)
            begun = UnitStart(seam, ())
        yield from self._cuts(begun, len(self.text))

    def _cuts(self, begun: UnitStart, end: int) -> Iterator[UnitStart]:
        """Yield the unit start `begun` and those after it, before offset `end`."""
        text, position, depth = self.text, begun.start, 0
        state = _State(begun)
        yield begun
        state.line(text, position, depth)
        while match := SCAN.search(text, position, end):
            position = match.end()
            kind = match.lastgroup
            if kind == "newline":
                if position == end < len(text):
                    return
                if found := state.line(text, position, depth):
                    depth = 0
                    state = _State(found)
                    state.line(text, position, depth)
                    yield found
            elif kind == "triple":
                closed = end_of_triple(text, position, match.group(), end)
                if closed is None:
                    # A string that is never closed is taken to end with its line, so that the rest can be cut.
                    self.open_string = True
                else:
                    position = closed
            elif kind == "open":
                depth += 1
            elif kind == "close":
                depth = max(0, depth - 1)


class _State:
    """The state of the splitter between two unit starts; at a start it depends on that start alone."""

    def __init__(self, begun: UnitStart) -> None:
        self.stack = begun.stack
        self.word = ""
        self.class_header: str | None = None
        self.seen_line = False
        self.opening = False  # nothing but decorators was seen so far
        self.decorated = False
        self.blank_before = False

    def line(self, text: str, position: int, depth: int) -> UnitStart | None:
        """Process the line that begins at `position`, and return the unit start there, if there is one."""
        head = _HEAD.match(text, position)
        assert head is not None
        indent, word = head.group("indent"), head.group("word") or ""
        if word in ("", "#"):
            self.blank_before = self.blank_before or not word
            return None
        if not indent and self._is_marker_within(text, position):
            return None
        defines = (_DECORATES if depth and word == "@" else _DEFINES).match(text, position) is not None
        if depth and not (defines or (not indent and _IMPORTS.match(text, position))):
            return None
        if not self.seen_line:
            self._first(indent, word)
            return None
        was_decorated, self.decorated = self.decorated, word == "@"
        blank_before, self.blank_before = self.blank_before, False
        if was_decorated:
            if word == "class" and self.opening:
                self.class_header = indent
            self.opening = self.opening and word == "@"
            return None
        if self.class_header is not None and not depth and len(indent) > len(self.class_header):
            self.stack, self.class_header = (*self.stack, indent), None
            return UnitStart(position, self.stack) if word in _MEMBERS else None
        if word in _CONTINUES and not depth:
            return None
        if word == "from" and not depth and _FUTURE.match(text, position):
            return None  # it is only valid below nothing but a docstring, which a unit of its own would not show
        if not indent:
            return UnitStart(position, ()) if self._parts(word, blank_before, text, position) else None
        if indent in self.stack:
            level = self.stack[: self.stack.index(indent) + 1]
            if level != self.stack or word in _MEMBERS or self.word in _MEMBERS:
                return UnitStart(position, level)
        return None

    def _is_marker_within(self, text: str, position: int) -> bool:
        """Return whether a line is a marker of a merge conflict in a class or in a block, which it does not end."""
        found = _MARKER.match(text, position)
        return found is not None and self.seen_line and (bool(self.stack) or bool(found["deeper"]))

    def _first(self, indent: str, word: str) -> None:
        self.seen_line = True
        self.word = word
        self.decorated = self.opening = word == "@"
        self.blank_before = False
        if word == "class":
            self.class_header = indent

    def _parts(self, word: str, blank_before: bool, text: str, position: int) -> bool:
        """Return whether a top-level line starts a unit. Long paragraphs are split at lines chosen by a hash of their
        text."""
        if blank_before or word in _MEMBERS or word in _COMPOUND:
            return True
        if self.word in _MEMBERS or self.word in _COMPOUND or self.stack:
            return True
        line = _LINE.match(text, position)
        assert line is not None
        return zlib.crc32(line.group().encode("utf-8", "surrogatepass")) % 16 == 0
