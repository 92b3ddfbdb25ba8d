"""ty: what it says of broken files, and what clients show of it."""

from __future__ import annotations

from quickfix_ls.checkers.checker import Reading
from tests.checkers.kit import BROKEN, UNPARSABLE, needs, reading_of, readings


@needs("ty")
async def test_its_report_of_a_broken_file() -> None:
    found = await readings("ty", BROKEN)
    assert (
        found.items()
        >= {
            "import jsn": Reading("ModuleNotFoundError", "jsn"),
            "from collections import OrderdDict": Reading("ImportError", "OrderdDict"),
            "print(math.squrt(2))": Reading("AttributeError", "squrt"),
            "print(room.widht)": Reading("AttributeError", "widht"),
            "print(scale(1, factr=2))": Reading("TypeError", "factr"),
            "print(lenght)": Reading("NameError", "lenght"),
            'print("a".uper())': Reading("AttributeError", "uper"),
        }.items()
    )


@needs("ty")
async def test_its_report_of_what_does_not_parse() -> None:
    assert (await readings("ty", UNPARSABLE))["def f(x:"] == Reading("SyntaxError", "", kind="syntax")


def test_in_an_editor() -> None:
    assert reading_of("Name `lenght` used when not defined", "ty", "unresolved-reference") == Reading(
        "NameError", "lenght"
    )
    assert reading_of("No argument provided for required parameter `x`", "ty", "missing-argument") is None
