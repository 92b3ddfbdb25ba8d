"""Ruff: what it says of broken files, and what clients show of it."""

from __future__ import annotations

from quickfix_ls.checkers.checker import Reading
from tests.checkers.kit import BROKEN, UNPARSABLE, needs, reading_of, readings


@needs("ruff")
async def test_its_report_of_a_broken_file() -> None:
    assert await readings("ruff", BROKEN) == {"print(lenght)": Reading("NameError", "lenght")}


@needs("ruff")
async def test_its_report_of_what_does_not_parse() -> None:
    assert (await readings("ruff", UNPARSABLE))["def f(x:"] == Reading("SyntaxError", "", kind="syntax")


def test_in_an_editor() -> None:
    assert reading_of("Undefined name `lenght`", "Ruff", "F821") == Reading("NameError", "lenght")
    assert reading_of("SyntaxError: Expected ')', found newline", "Ruff") == Reading("SyntaxError", "", kind="syntax")
    assert reading_of("`os` imported but unused", "Ruff", "F401") is None
