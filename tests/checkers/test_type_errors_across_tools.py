"""Errors that only type checkers report: the same errors in the messages of each tool and of editors."""

from __future__ import annotations

import pytest

from quickfix_ls.checkers.checker import Reading
from tests.checkers.kit import needs, reading_of, readings

BROKEN = """\
import datetime


async def load() -> str:
    return "a"


async def main() -> None:
    print(load().upper())


def names(ages: dict[str, int]) -> list[str]:
    return ages.keys()


def greet(name: str = None) -> None:
    print("n: " + 3)


def show(value: any) -> None:
    print(value)


print(datetime(2020, 1, 1))
print("a".strip.upper())
for i in len("abc"):
    print(i)
"""


def told(code: str, name: str = "", *hints: str) -> Reading:
    return Reading(code, name, hints, "type")


@pytest.mark.parametrize("name", [pytest.param(name, marks=needs(name)) for name in ("ty", "mypy", "basedpyright")])
async def test_a_report_of_types(name: str) -> None:
    found = await readings(name, BROKEN)
    assert found.pop("return ages.keys()").hints[:1] in (("list",), ("List",))
    expected = {
        "print(load().upper())": told("RuntimeWarning", "upper"),
        "def greet(name: str = None) -> None:": told("TypeError"),
        'print("n: " + 3)': told("TypeError"),
        "print(datetime(2020, 1, 1))": told("TypeError"),
        'print("a".strip.upper())': told("TypeError", "upper"),
        'for i in len("abc"):': told("TypeError"),
        "def show(value: any) -> None:": told("TypeError"),
    }
    assert found == expected


@needs("pylint")
async def test_what_pylint_knows_of_types() -> None:
    assert await readings("pylint", BROKEN) == {
        "print(datetime(2020, 1, 1))": told("TypeError", "datetime"),
        'print("a".strip.upper())': told("TypeError", "upper"),
        'for i in len("abc"):': told("TypeError"),
    }


@needs("ruff")
async def test_a_name_that_lacks_global() -> None:
    text = "count = 0\n\n\ndef bump():\n    count += 1\n"
    assert await readings("ruff", text) == {"count += 1": told("UnboundLocalError", "count")}


@pytest.mark.parametrize(
    ("message", "source", "code", "reading"),
    [
        ('Operator "+" not supported for types "str" and "int"', "Pylance", "reportOperatorIssue", told("TypeError")),
        ('"x" is unbound', "Pylance", "reportUnboundVariable", told("UnboundLocalError", "x")),
        (
            'Type "map[int]" is not assignable to return type "List[int]"\n  "map[int]" is not ...',
            "Pylance",
            "reportReturnType",
            told("TypeError", "", "List"),
        ),
        ("Result of async function call is not used", "Pyright", "reportUnusedCoroutine", told("RuntimeWarning")),
        # What nobody can know the right change for.
        ('Operator "-" not supported for types "str" and "int"', "Pylance", "reportOperatorIssue", None),
        ('"group" is not a known attribute of "None"', "Pylance", "reportOptionalMemberAccess", None),
        ('Type "int" is not assignable to return type "str"', "Pylance", "reportReturnType", None),
        ('Item "None" of "Match[str] | None" has no attribute "group"', "mypy", "union-attr", None),
        ('Too many arguments for "scale"', "mypy", "call-arg", None),
        ("Possibly using variable 'x' before assignment", "Pylint", "E0606", None),
    ],
)
def test_in_an_editor(message: str, source: str, code: str, reading: Reading | None) -> None:
    assert reading_of(message, source, code) == reading
