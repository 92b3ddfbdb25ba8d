"""Pyright, Pylance and basedpyright: what they say of broken files, and what clients show of it."""

from __future__ import annotations

import pytest

from quickfix_ls.checkers.checker import Reading
from tests.checkers.kit import BROKEN, UNPARSABLE, needs, reading_of, readings

TOOLS = [pytest.param(name, marks=needs(name)) for name in ("pyright", "basedpyright")]


@pytest.mark.parametrize("name", TOOLS)
async def test_its_report_of_a_broken_file(name: str) -> None:
    found = await readings(name, BROKEN)
    assert (
        found.items()
        >= {
            "import jsn": Reading("ModuleNotFoundError", "jsn"),
            "from collections import OrderdDict": Reading("ImportError", "OrderdDict"),
            "def area():": Reading("TypeError", ""),
            "print(math.squrt(2))": Reading("AttributeError", "squrt"),
            "print(room.widht)": Reading("AttributeError", "widht"),
            "print(scale(1, factr=2))": Reading("TypeError", "factr"),
            "print(lenght)": Reading("NameError", "lenght"),
            'print("a".uper())': Reading("AttributeError", "uper"),
            'print(Path("a").read_txt())': Reading("AttributeError", "read_txt"),
        }.items()
    )


@pytest.mark.parametrize("name", TOOLS)
async def test_its_report_of_what_does_not_parse(name: str) -> None:
    assert (await readings(name, UNPARSABLE))["def f(x:"] == Reading("SyntaxError", "", kind="syntax")


@pytest.mark.parametrize("source", ["Pylance", "Pyright", "basedpyright"])
def test_in_an_editor(source: str) -> None:
    undefined = '"lenght" is not defined'
    assert reading_of(undefined, source, "reportUndefinedVariable") == Reading("NameError", "lenght")
    # Some clients drop the code: then the words decide.
    assert reading_of(undefined, source) == Reading("NameError", "lenght")
    assert reading_of('"(" was not closed', source) == Reading("SyntaxError", "", kind="syntax")
    assert reading_of('"x" is not accessed', source) is None
    assert reading_of('"x" is possibly unbound', source, "reportPossiblyUnbound") is None


def test_a_method_that_only_lacks_self_is_no_wrong_attribute() -> None:
    message = (
        'Cannot access attribute "area" for class "Room"\n'
        '  Could not bind method "area" because it is missing a "self" or "cls" parameter'
    )
    assert reading_of(message, "Pyright", "reportAttributeAccessIssue") is None
