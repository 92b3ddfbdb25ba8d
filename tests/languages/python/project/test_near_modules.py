"""Which module is meant by a missing one of nearly the same name."""

from __future__ import annotations

import pytest

from quickfix_ls.languages.python.project.near_modules import near_modules


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("from maths import sqrt\n", ["math"]),
        ("import maths\n\nprint(maths.pi)\n", ["math"]),
        ("import jsons\n\njsons.dumps(1)\n", ["json"]),
        ("import jsons\n\njsons.loadit(1)\n", []),
        ("import maths\n", []),
        ("from orders import Order\n", []),
    ],
)
def test_a_module_with_the_used_members_is_near(text: str, meant: list[str]) -> None:
    name = text.split()[1]
    assert near_modules(text, text.index(name) + len(name), name) == meant
