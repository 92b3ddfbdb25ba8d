"""pylint: what it says of broken files, and what clients show of it."""

from __future__ import annotations

import pytest

from quickfix_ls.checkers.checker import Reading
from tests.checkers.kit import BROKEN, UNPARSABLE, needs, reading_of, readings


@needs("pylint")
async def test_its_report_of_a_broken_file() -> None:
    found = await readings("pylint", BROKEN)
    assert {line: (one.code, one.name) for line, one in found.items()}.items() >= {
        "import jsn": ("ModuleNotFoundError", "jsn"),
        "from collections import OrderdDict": ("ImportError", "OrderdDict"),
        "def area():": ("TypeError", ""),
        "print(math.squrt(2))": ("AttributeError", "squrt"),
        "print(room.widht)": ("AttributeError", "widht"),
        "print(scale(1, factr=2))": ("TypeError", "factr"),
        "print(lenght)": ("NameError", "lenght"),
        'print("a".uper())': ("AttributeError", "uper"),
    }.items()


@needs("pylint")
async def test_its_report_of_what_does_not_parse() -> None:
    assert Reading("SyntaxError", "", kind="syntax") in (await readings("pylint", UNPARSABLE)).values()


@pytest.mark.parametrize("code", ["E1101", "no-member", "E1101:no-member", ""])
def test_in_an_editor_whichever_way_it_writes_the_code(code: str) -> None:
    message = "Module 'math' has no 'squrt' member; maybe 'sqrt'?"
    assert reading_of(message, "Pylint", code) == Reading("AttributeError", "squrt", ("sqrt",))


def test_style_is_not_ours() -> None:
    assert reading_of("Missing module docstring", "Pylint", "C0114:missing-module-docstring") is None
