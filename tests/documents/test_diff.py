"""The preview of a change, and its lines."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.diff import changed_lines, preview
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Edit, Span

TEXT = "one\ntwo\nthree\nfour\nfive\n"


def at(text: str, old: str, new: str) -> Edit:
    start = text.index(old)
    return Edit(Span(start, start + len(old)), new)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_preview_is_a_diff_of_the_lines_touched(end: str) -> None:
    text = TEXT.replace("\n", end)
    edits = [at(text, "e" + end + "four", "e!" + end + "more" + end + "4"), at(text, "ne", "NE")]
    assert preview(Snapshot.of(text), edits).split("\n") == [
        "@@ -1 +1 @@",
        "-one",
        "+oNE",
        "@@ -3,2 +3,3 @@",
        "-three",
        "-four",
        "+three!",
        "+more",
        "+4",
    ]


@pytest.mark.parametrize(
    ("text", "edit", "shown"),
    [
        ("a\nb\n", Edit(Span(0, 0), "import x\n"), "@@ -0,0 +1 @@\n+import x"),
        ("a\nb\n", Edit(Span(2, 4), ""), "@@ -2 +1,0 @@\n-b"),
        ("a", Edit(Span(1, 1), ")"), "@@ -1 +1 @@\n-a\n+a)"),
        ("a\nb", Edit(Span(3, 3), "\nc"), "@@ -2,0 +3 @@\n+c"),
        ("", Edit(Span(0, 0), "pass"), "@@ -1 +1 @@\n-\n+pass"),
        ("a\n", Edit(Span(0, 1), "a"), ""),
    ],
)
def test_the_edges_of_a_text(text: str, edit: Edit, shown: str) -> None:
    assert preview(Snapshot.of(text), [edit]) == shown


def test_lines_below_an_insertion_are_counted_as_they_will_be() -> None:
    edits = [Edit(Span(0, 0), "zero\n"), at(TEXT, "five", "5")]
    assert preview(Snapshot.of(TEXT), edits).split("\n")[2:] == ["@@ -5 +6 @@", "-five", "+5"]


def test_a_preview_is_short() -> None:
    text = "x\n" * 100
    lines = preview(Snapshot.of(text), [Edit(Span(0, len(text)), "y\n" * 100)]).split("\n")
    assert len(lines) == 20
    assert lines[-1] == "... 182 more lines"
    assert len(preview(Snapshot.of(text), [Edit(Span(0, 1), "y")], limit=3).split("\n")) == 3


def test_edits_on_neighbouring_lines_are_one_run() -> None:
    edits = [at(TEXT, "two", "2"), at(TEXT, "one", "1"), at(TEXT, "five", "5")]
    assert changed_lines(Snapshot.of(TEXT), edits) == [(0, ["one", "two"], ["1", "2"]), (4, ["five"], ["5"])]
