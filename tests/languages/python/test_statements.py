"""How a block is cut into its statements, each with lines around it that let it be parsed apart."""

from __future__ import annotations

import pytest

from quickfix_ls.index.index import Region
from quickfix_ls.languages.python.compile_check import compile_check
from quickfix_ls.languages.python.statements import statements


@pytest.mark.parametrize(
    ("placeholder", "parts"),
    [
        (
            "def _():\n",
            ["def f(a,\n      b):\n", "    x = [\n    1]\n", "    if x:\n        y\n    else:\n        z\n"],
        ),
        ("async def _():\n", ["@a\nasync def f():\n", "    await b\n", "    async for c in d:\n        pass\n"]),
        ("class _:\n", ["class A(B):\n", "    '''One\ntwo.'''\n", "    @c\n    def g(self): pass\n", "    x = 1\n"]),
        ("while 0:\n", ["for x in y:\n", "    if x:\n        break\n", "    continue\n"]),
        ("if 0:\n", ["with a as b:\n", "    # A note.\n\n    c()\n", "    d()\n"]),
    ],
)
def test_a_block_is_its_header_and_its_statements(placeholder: str, parts: list[str]) -> None:
    text = "".join(parts)
    found = statements(Region(text, 100))
    assert "".join(part.text for part in found) == text
    assert len(found) == len(parts)
    assert [part.start for part in found] == [100 + text.index(part.text) for part in found]
    assert all(part.prefix == placeholder for part in found[1:])
    assert [compile_check(part.text, part.prefix, part.suffix) for part in found] == [None] * len(found)


def test_a_broken_statement_ends_where_the_next_begins() -> None:
    parts = ["def f(a)\n", "    if a > 1\n        b()\n", "    c = (a\n", "    return c\n"]
    assert [part.text for part in statements(Region("".join(parts), 0))] == parts


def test_the_statements_of_a_statement() -> None:
    inner = statements(statements(Region("def f():\n    while x:\n        a()\n        b()\n", 0))[1])
    assert [(part.prefix, part.text) for part in inner] == [
        ("def _():\n", "    while x:\n"),
        ("def _():\n    while 0:\n", "        a()\n"),
        ("def _():\n    while 0:\n", "        b()\n"),
    ]


@pytest.mark.parametrize(
    "text", ["", "\n", "x = 1\n", "if a:\n    b\nelse:\n    c\n", "try:\n    a\nexcept B:\n    c\n"]
)
def test_what_is_no_block_has_no_statements(text: str) -> None:
    assert statements(Region(text, 0)) == []
