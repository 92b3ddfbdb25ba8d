"""Edits behind characters that clients count differently become edits of whole lines, to the same effect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.lsp.whole_lines import widened_behind_non_ascii
from quickfix_ls.values import Edit, Span
from tests.lsp.session import Client, Page, capabilities, edits_of
from tests.pool import Serve


def widened(text: str, *edits: tuple[int, int, str]) -> list[tuple[int, int, str]]:
    found = widened_behind_non_ascii(Snapshot.of(text), [Edit(Span(start, end), new) for start, end, new in edits])
    return [(edit.span.start, edit.span.end, edit.text) for edit in found]


@pytest.mark.parametrize(
    ("text", "edit"),
    [("ab cd\n", (3, 5, "x")), ("ab é\n", (0, 2, "x")), ("é\nab\n", (2, 4, "x")), ("aé\n", (0, 0, "x"))],
)
def test_edits_at_positions_that_mean_the_same_everywhere_stay(text: str, edit: tuple[int, int, str]) -> None:
    assert widened(text, edit) == [edit]


def test_an_edit_behind_another_character_takes_its_line() -> None:
    assert widened("a\né = b\r\nc\n", (6, 7, "x")) == [(2, 9, "é = x\r\n")]


def test_edits_of_one_line_are_joined_and_others_stay() -> None:
    assert widened("é b c\nd\n", (2, 3, "x"), (4, 5, "y"), (6, 7, "z")) == [(0, 6, "é x y\n"), (6, 7, "z")]


def test_a_last_line_without_an_end() -> None:
    assert widened("é b", (2, 3, "x")) == [(0, 3, "é x")]


@given(st.text("aé😀\n", max_size=12), st.lists(st.integers(0, 12), max_size=6))
def test_the_effect_is_the_same_and_no_column_depends_on_the_unit(text: str, offsets: list[int]) -> None:
    within = sorted({min(offset, len(text)) for offset in offsets})
    edits = [Edit(Span(start, end), "ü") for start, end in zip(within[::2], within[1::2], strict=False)]
    snapshot = Snapshot.of(text)
    found = widened_behind_non_ascii(snapshot, edits)
    assert applied(text, found) == applied(text, edits)
    for offset in (offset for edit in found for offset in (edit.span.start, edit.span.end) if offset < len(text)):
        assert text[snapshot.line_starts[snapshot.line_at(offset)] : offset].isascii()


def applied(text: str, edits: list[Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(("encodings", "start"), [([], 0), (["utf-16"], 12)])
@pytest.mark.asyncio(loop_scope="session")
async def test_a_client_that_names_its_encodings_gets_edits_of_tokens(
    serve: Serve[Client], encodings: list[str], start: int
) -> None:
    page = Page(await serve(capabilities(encodings=encodings)), "total = 1\nprint('😀', totl$0)\n")
    action = await page.first()
    assert action.edit is not None
    (edit,) = edits_of(action.edit, page.uri)
    assert edit["range"]["start"]["character"] == start
    assert page.after(action) == "total = 1\nprint('😀', total)\n"
