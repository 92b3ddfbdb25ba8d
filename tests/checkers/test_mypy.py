"""mypy: what it says of broken files, what it proposes, and what clients show of it."""

from __future__ import annotations

from quickfix_ls.checkers.checker import Reading
from tests.checkers.kit import BROKEN, UNPARSABLE, needs, reading_of, readings


@needs("mypy")
async def test_its_report_of_a_broken_file() -> None:
    found = await readings("mypy", BROKEN)
    # It proposes more or fewer names from version to version, the right one always.
    assert {line: (one.code, one.name, one.hints[:1]) for line, one in found.items()}.items() >= {
        "from collections import OrderdDict": ("ImportError", "OrderdDict", ("OrderedDict",)),
        "def area():": ("TypeError", "", ()),
        "print(math.squrt(2))": ("AttributeError", "squrt", ("sqrt",)),
        "print(room.widht)": ("AttributeError", "widht", ("width",)),
        "print(scale(1, factr=2))": ("TypeError", "factr", ("factor",)),
        "print(lenght)": ("NameError", "lenght", ()),
        'print("a".uper())': ("AttributeError", "uper", ("upper",)),
        'print(Path("a").read_txt())': ("AttributeError", "read_txt", ("read_text",)),
    }.items()
    assert (found["import jsn"].code, found["import jsn"].name) == ("ModuleNotFoundError", "jsn")


@needs("mypy")
async def test_its_report_of_what_does_not_parse_and_of_what_is_right() -> None:
    assert Reading("SyntaxError", "", kind="syntax") in (await readings("mypy", UNPARSABLE)).values()
    assert await readings("mypy", "x = 1\n") == {}


def test_in_an_editor() -> None:
    several = 'Module has no attribute "squrt"; maybe "sqrt" or "isqrt"?'
    assert reading_of(several, "mypy", "attr-defined") == Reading("AttributeError", "squrt", ("sqrt", "isqrt"))
    assert reading_of('Missing positional argument "x" in call to "f"', "mypy", "call-arg") is None
