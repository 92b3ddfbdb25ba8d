"""Random texts and edits, and what must hold after each: our sync against the slow, obvious way."""

from __future__ import annotations

import random

from quickfix_ls.documents.positions import Encoding, to_offset, to_position
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.lsp.client_documents import edit_between
from quickfix_ls.values import Edit, Span
from tests.kit_python import python_index
from tests.kit_texts import offset_at, position_at

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")

_PIECES = (
    *("\n", "\r\n", "\r", "\t", " ", "    ", "\f", "\ufeff", "\u2028", "\x85"),
    *("é", "ß", "漢", "😀", "👩‍👩‍👧", "\ud800", "e\u0301"),
    *("a", "lenght", "x = 1", "(", ")", "[", "]", "{", "}", ":", ",", '"', "'", '"""', "'''", "\\", "#"),
    *("def f():\n", "class A:\n", "    def m(self):\n", "        return 1\n", "@property\n", "if x:\n"),
    *("else:\n", "import os\n", "from os import path\n", "\nasync def g():\n    pass\n"),
    *("class B:\n    x = 1\n\n    def m(self):\n",),
)


def random_text(chance: random.Random, pieces: int) -> str:
    return "".join(chance.choice(_PIECES) for _ in range(pieces))


def random_edit(chance: random.Random, text: str) -> Edit:
    """An edit as an editor may send it: mostly small, now and then of the whole document or of nothing."""
    roll = chance.random()
    if roll < 0.02:
        return Edit(Span(0, len(text)), random_text(chance, chance.randint(0, 40)))
    start = chance.choice((0, len(text))) if roll < 0.1 else chance.randint(0, len(text))
    reach = 0 if roll < 0.5 else chance.choice((1, 2, 5, 40))
    end = min(len(text), start + reach)
    new = random_text(chance, chance.choice((0, 1, 1, 1, 2, 6)))
    return Edit(Span(_outside_of_line_end(text, start), _outside_of_line_end(text, end)), new)


def _outside_of_line_end(text: str, offset: int) -> int:
    """No editor has a position between the two characters of a line end."""
    return offset - 1 if text[offset - 1 : offset + 1] == "\r\n" else offset


def check_sync(chance: random.Random, edits: int) -> None:
    """Random edits by way of positions, as a client sends them; raises AssertionError where ours go astray."""
    text = random_text(chance, chance.randint(0, 60))
    snapshot = Snapshot.of(text, "untitled:1", 0)
    for version in range(1, edits + 1):
        encoding = chance.choice(ENCODINGS)
        edit = random_edit(chance, text)
        start, end = (position_at(text, at, encoding) for at in (edit.span.start, edit.span.end))
        span = Span(to_offset(snapshot, *start.values(), encoding), to_offset(snapshot, *end.values(), encoding))
        assert span == edit.span, (text, edit, encoding)
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        snapshot = snapshot.edited(Edit(span, edit.text), version)
        assert snapshot == Snapshot("untitled:1", version, text, [])
        assert snapshot.line_starts == Snapshot.of(text).line_starts, (text, edit)
        at = _outside_of_line_end(text, chance.randint(0, len(text)))
        line, character = to_position(snapshot, at, encoding)
        assert {"line": line, "character": character} == position_at(text, at, encoding), (text, at, encoding)
        assert offset_at(text, {"line": line, "character": character}, encoding) == at, (text, at, encoding)
        if len(text) > 2000:
            text = text[:300]
            snapshot = Snapshot.of(text, "untitled:1", version)


def check_cuts(chance: random.Random, edits: int) -> None:
    """Random edits of an analysis; raises AssertionError where its units are not those of a fresh one."""
    index = python_index(Snapshot.of(random_text(chance, chance.randint(0, 60))))
    for version in range(1, edits + 1):
        before = index.snapshot.text
        edit = random_edit(chance, before)
        index = index.edited(edit, version)
        assert index.cuts == python_index(index.snapshot).cuts, (before, edit)
        if len(index.snapshot.text) > 2000:
            index = python_index(Snapshot.of(index.snapshot.text[:300]))


def check_seams(chance: random.Random, edits: int) -> None:
    """Random edits of a notebook's cells; raises AssertionError where the units are not those of a fresh analysis."""
    cells = [random_text(chance, chance.randint(0, 20)) for _ in range(3)]
    text, seams = _joined(cells)
    index = python_index(Snapshot.of(text), notebook=True, seams=seams)
    for version in range(1, edits + 1):
        before, edit = index.snapshot.text, _edit_of_cells(chance, cells)
        text, seams = _joined(cells)
        index = index.edited(edit, version, seams)
        assert index.snapshot.text == text
        assert index.cuts == python_index(index.snapshot, notebook=True, seams=seams).cuts, (before, edit, seams)
        starts = [0, *seams, len(text)]
        assert all(one in [cut.start for cut in index.cuts] for one in seams)
        for unit, cut in enumerate(index.cuts):
            first, last = index.joined(unit)
            around = max(start for start in starts if start <= cut.start)
            assert index.cuts[first].start == around or not text, (text, seams, cut)
            assert last + 1 == len(index.cuts) or index.cuts[last + 1].start in starts
        moved = index.edited(random_edit(chance, text), version)
        assert moved.cuts == python_index(moved.snapshot, notebook=True, seams=moved.seams).cuts, (text, seams)
        if len(text) > 1000:
            return


def _joined(cells: list[str]) -> tuple[str, tuple[int, ...]]:
    """The text of cells, each ended by a line end, and where those after the first begin."""
    texts = [text if not text or text.endswith("\n") else text + "\n" for text in cells]
    starts = {sum(map(len, texts[:index])) for index in range(1, len(texts))}
    end = sum(map(len, texts))
    return "".join(texts), tuple(sorted(one for one in starts if 0 < one < end))


def _edit_of_cells(chance: random.Random, cells: list[str]) -> Edit:
    """Change the cells in place: the text of one, or which there are; the edit of their joined text that this is."""
    before, _ = _joined(cells)
    number = chance.randrange(len(cells))
    start = len(_joined(cells[:number])[0])
    roll = chance.random()
    if roll < 0.7:
        edit = random_edit(chance, cells[number])
        cells[number] = cells[number][: edit.span.start] + edit.text + cells[number][edit.span.end :]
        after = _joined(cells)[0]
        return edit_between(before, after) if roll < 0.35 else _whole(before, after, start, cells, number)
    if roll < 0.8:
        cells.insert(number, random_text(chance, chance.randint(0, 8)))
        after = _joined(cells)[0]
        return Edit(Span(start, start), after[start : start + len(after) - len(before)])
    if roll < 0.9 and len(cells) > 1:
        cells.pop(number)
        return Edit(Span(start, start + len(before) - len(_joined(cells)[0])), "")
    chance.shuffle(cells)
    return Edit(Span(0, len(before)), _joined(cells)[0])


def _whole(before: str, after: str, start: int, cells: list[str], number: int) -> Edit:
    """The edit that replaces all text of a cell."""
    behind = len(_joined(cells)[0]) - len(_joined(cells[: number + 1])[0])
    return Edit(Span(start, len(before) - behind), after[start : len(after) - behind])
