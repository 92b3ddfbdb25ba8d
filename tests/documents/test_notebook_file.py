"""The JSON of notebooks: only the source of a changed cell is written anew."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quickfix_ls.documents.formats.notebook_file import NotebookError, NotebookFile
from quickfix_ls.documents.formats.notebook_text import MARK, joined, keeps_cells, sources_in
from quickfix_ls.values import Edit, Span

TEXTS = st.text(st.sampled_from("ab =\"'\\\n\r\té😀\u2028{}[],#"), max_size=30)
"""Sources with what JSON escapes, and with line ends of every kind."""


def as_lines(text: str) -> list[str]:
    return [line for line in text.replace("\n", "\n\0").split("\0") if line]


def notebook(sources: list[Any]) -> dict[str, Any]:
    """A notebook whose code cells have these sources, with a text cell before each."""
    cells: list[dict[str, Any]] = []
    for number, source in enumerate(sources):
        cells.append({"id": f"m{number}", "cell_type": "markdown", "metadata": {}, "source": ["# Tëxt\n", "x"]})
        output = {"output_type": "stream", "name": "stdout", "text": ["ä\n"]}
        cells.append(
            {
                "cell_type": "code",
                "execution_count": number,
                "metadata": {"source": ["not this"]},
                "outputs": [output],
                "source": source,
            }
        )
    return {"cells": cells, "metadata": {"z": 1.50, "a": None}, "nbformat": 4, "nbformat_minor": 5}


@st.composite
def written(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A notebook's JSON in any style, and its sources."""
    sources = draw(st.lists(TEXTS, min_size=1, max_size=4))
    is_list = draw(st.booleans())
    value = notebook([as_lines(text) if is_list else text for text in sources])
    text = json.dumps(value, indent=draw(st.sampled_from([None, 1, 2])), ensure_ascii=draw(st.booleans()))
    text += draw(st.sampled_from(["", "\n"]))
    return (text.replace("\n", "\r\n") if draw(st.booleans()) else text), sources


@given(written(), st.data())
@settings(max_examples=300, deadline=None)
def test_new_sources_are_read_again_and_all_else_is_the_same(case: tuple[str, list[str]], data: st.DataObject) -> None:
    text, sources = case
    file = NotebookFile(text)
    assert [cell.source for cell in file.cells] == sources
    number = data.draw(st.integers(0, len(sources) - 1))
    new = list(sources)
    new[number] = data.draw(st.one_of(TEXTS, st.just("new\n" + sources[number]), st.just(sources[number] + "\nnew")))

    after = file.with_sources(new)

    again = NotebookFile(after)
    assert [cell.source for cell in again.cells] == new
    before_span, after_span = file.cells[number].whole.span, again.cells[number].whole.span
    assert after[: after_span.start] == text[: before_span.start]
    assert after[after_span.end :] == text[before_span.end :]
    assert isinstance(again.cells[number].whole.value, list) == isinstance(file.cells[number].whole.value, list)


@given(written())
@settings(max_examples=100, deadline=None)
def test_without_a_change_every_byte_is_the_same(case: tuple[str, list[str]]) -> None:
    text, sources = case
    assert NotebookFile(text).with_sources(sources) == text
    assert sources_in(joined(sources)) == sources


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_a_line_more_or_less_keeps_the_style_of_the_list(indent: int | None) -> None:
    def text_of(source: list[str]) -> str:
        return json.dumps(notebook([source]), indent=indent)

    for old, new in [
        (["a\n", "b\n", "c"], ["a\n", "x\n", "y\n", "c"]),
        (["a\n", "b\n", "c"], ["a\n", "c"]),
        (["a\n", "b"], ["import os\n", "\n", "a\n", "b"]),
        (["a\n", "b"], ["a\n", "b\n", "c"]),
        (["a\n", "b"], ["b"]),
        (["a"], ["import os\n", "a"]),
        (["a"], []),
    ]:
        assert NotebookFile(text_of(old)).with_sources(["".join(new)]) == text_of(new)


def test_an_empty_cell_gets_lines_in_the_style_of_the_file() -> None:
    for indent in (None, 1, 2):
        before, after = (json.dumps(notebook([source]), indent=indent) for source in ([], ["import os\n", "x"]))
        assert NotebookFile(before).with_sources(["import os\nx"]) == after


def test_escapes_that_are_not_concerned_stay_as_they_are() -> None:
    text = json.dumps(notebook(["x = 'a/é' + totl"])).replace("a/", "\\u0061\\/")
    after = NotebookFile(text).with_sources(["x = 'a/é' + total"])
    assert after == text.replace("totl", "total")


def test_what_is_new_is_escaped_as_the_rest_of_the_file() -> None:
    escaped = json.dumps(notebook(["x = 'ü'"]))
    assert "\\u00e9" in NotebookFile(escaped).with_sources(["x = 'ü' + 'é'"])
    plain = json.dumps(notebook(["x = 'ü'"]), ensure_ascii=False)
    assert "é" in NotebookFile(plain).with_sources(["x = 'ü' + 'é'"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no JSON"),
        ('{"cells": [}', "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "no object"),
        ('{"cells": []}', "no format"),
        ('{"worksheets": [], "nbformat": 3}', "format 3, and only format 4 is read; `jupyter nbconvert"),
        ('{"nbformat": 4}', "no list of cells"),
        ('{"nbformat": 4, "cells": [1]}', "cell 1 of all has no type"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": [1]}]}', "cell 1 of all has no source"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": "\\u001e"}]}', "U\\+001E"),
    ],
)
def test_what_is_no_notebook_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(NotebookError, match=reason):
        NotebookFile(text)


def test_cells_of_other_languages_are_told_apart() -> None:
    value = notebook(["a", "b"])
    value["cells"][1]["metadata"] = {"vscode": {"languageId": "sql"}}
    assert [cell.is_python for cell in NotebookFile(json.dumps(value)).cells] == [False, True]
    value["metadata"] = {"kernelspec": {"name": "ir", "language": "R"}}
    assert not any(cell.is_python for cell in NotebookFile(json.dumps(value)).cells)


def test_a_character_is_found_in_the_json() -> None:
    for source in ("a\nb = 'é' + totl", ["a\n", "b = 'é' + totl"]):
        text = json.dumps(notebook([source]), indent=1)
        file = NotebookFile(text)
        for word in ("a", "b", "totl"):
            at = file.place_of(file.cells[0], file.cells[0].source.index(word))
            assert text.startswith(word, at)


def test_edits_stay_in_their_cells() -> None:
    text = joined(["ab", "cd"])
    begins = 2 + len(MARK)
    assert keeps_cells(text, [Edit(Span(1, 2), "x"), Edit(Span(2, 2), "\ny"), Edit(Span(begins, begins + 1), "z")])
    assert not keeps_cells(text, [Edit(Span(1, 3), "x")])
    assert not keeps_cells(text, [Edit(Span(4, 4), "x")])
    assert not keeps_cells(text, [Edit(Span(0, 0), MARK)])
