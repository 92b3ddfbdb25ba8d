"""Views of embedded texts: what the host shows where, and what an edit of it becomes there."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.embedded_view import EmbeddedView, Segment
from quickfix_ls.values import Edit, Span, apply_edits

HOST = 'q("SELECT \\"a\\" FROM {t}", "WHERE b")  # first\nr("SELECT c")\n'


def exact(text: str) -> Segment:
    start = HOST.index(text)
    return Segment(text, Span(start, start + len(text)))


def masked(host: str, shown: str, kind: str = "fixed") -> Segment:
    start = HOST.index(host)
    return Segment(shown, Span(start, start + len(host)), kind)  # type: ignore[arg-type]  # a literal


QUERY = (
    exact("SELECT "),
    Segment('"', Span(HOST.index('\\"a'), HOST.index('\\"a') + 2), "escape"),
    exact("a"),
    Segment('"', Span(HOST.index('\\" '), HOST.index('\\" ') + 2), "escape"),
    exact(" FROM "),
    masked("{t}", "t0"),
    Segment(" ", Span(HOST.index('", "W'), HOST.index('", "W')), "fixed"),
    exact("WHERE b"),
)
OTHER = (exact("SELECT c"),)
VIEW = EmbeddedView("file:///a.py", HOST, [QUERY, OTHER])


def fixed(*edits: tuple[str, str, int]) -> str | None:
    """Return the host after edits of the view: old text, new text, and the offset within the old text to insert at."""
    made = []
    for old, new, at in edits:
        start = VIEW.text.index(old)
        made.append(Edit(Span(start, start + len(old)) if at < 0 else Span(start + at, start + at), new))
    mapped = VIEW.map_edits(made)
    return apply_edits(HOST, mapped["file:///a.py"]) if mapped is not None else None


def test_the_text_is_that_of_the_segments_and_each_text_ends_its_line() -> None:
    assert VIEW.text == 'SELECT "a" FROM t0 WHERE b\nSELECT c\n'
    assert VIEW.seams == (VIEW.text.index("SELECT c"),)


@pytest.mark.parametrize("word", ["SELECT ", " FROM ", "WHERE b", "SELECT c"])
def test_spans_are_mapped_both_ways(word: str) -> None:
    start = VIEW.text.index(word)
    place = VIEW.to_document(Span(start, start + len(word)))
    assert place is not None
    assert HOST[place[1].start : place[1].end] == word
    assert VIEW.to_view("file:///a.py", place[1]) == Span(start, start + len(word))


def test_a_span_of_an_escape_is_that_of_the_whole_sequence() -> None:
    start = VIEW.text.index('"a"')
    place = VIEW.to_document(Span(start, start + 3))
    assert place is not None
    assert HOST[place[1].start : place[1].end] == '\\"a\\"'


def test_a_span_within_a_placeholder_is_none_of_the_document() -> None:
    start = VIEW.text.index("t0")
    assert VIEW.to_document(Span(start, start + 2)) is None
    assert not VIEW.is_exact(Span(start - 1, start + 1))
    assert VIEW.is_exact(Span(0, 6))


def test_a_span_of_the_host_that_is_not_shown_is_none_of_the_view() -> None:
    at = HOST.index("# first")
    assert VIEW.to_view("file:///a.py", Span(at, at + 7)) is None
    assert VIEW.to_view("file:///other.py", Span(4, 5)) is None


def test_a_span_that_begins_before_the_text_is_clipped() -> None:
    line = Span(HOST.index("r("), len(HOST) - 1)
    shown = VIEW.to_view("file:///a.py", line)
    assert shown is not None
    assert VIEW.text[shown.start : shown.end].strip() == "SELECT c"


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([("WHERE b", "WHERE bb", -1)], HOST.replace("WHERE b", "WHERE bb")),
        ([("SELECT c", "SELECT c, d", -1)], HOST.replace("SELECT c", "SELECT c, d")),
        ([("a", "x", -1), ("b\n", "y\n", -1)], HOST.replace("a\\", "x\\").replace("WHERE b", "WHERE y")),
        ([('"a"', "x", -1)], HOST.replace('\\"a\\"', "x")),
        ([("t0", "u ", 0)], HOST.replace("{t}", "u {t}")),
        ([("t0", " u", 2)], HOST.replace("{t}", "{t} u")),
        ([("WHERE b", " AND 1", 7)], HOST.replace("WHERE b", "WHERE b AND 1")),
        ([("SELECT c", "WITH ", 0)], HOST.replace("SELECT c", "WITH SELECT c")),
        # The placeholder stands in both texts, so only what is around it changes.
        ([("FROM t0 WHERE", "from t0 where", -1)], HOST.replace("FROM", "from").replace("WHERE", "where")),
    ],
)
def test_edits_are_made_in_the_host(edits: list[tuple[str, str, int]], after: str) -> None:
    assert fixed(*edits) == after


@pytest.mark.parametrize("edits", [[("t0", "u", -1)], [("t0", "x", 1)], [("FROM t0", "FROM u", -1)]])
def test_a_placeholder_is_never_changed(edits: list[tuple[str, str, int]]) -> None:
    assert fixed(*edits) is None
