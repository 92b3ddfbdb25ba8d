"""What code does with a name, and which part of which statement it is."""

from __future__ import annotations

import pytest

from quickfix_ls.languages.python.names.usage import usages_of


@pytest.mark.parametrize(
    ("text", "done", "place"),
    [
        ("x()\n", "call", "statement"),
        ("y = x.a.b(1)\n", "attribute", "value"),
        ("y = x[1]\n", "subscript", "value"),
        ("x += 1\n", "augmented", "operand"),
        ("raise x\n", "read", "raise"),
        ("raise x('a') from None\n", "call", "raise"),
        ("try:\n    pass\nexcept x:\n    pass\n", "read", "except"),
        ("try:\n    pass\nexcept (x, OSError) as e:\n    pass\n", "read", "except"),
        ("class A(x): pass\n", "read", "base"),
        ("class A(metaclass=x): pass\n", "read", "base"),
        ("@x\ndef f(): pass\n", "read", "decorator"),
        ("@x(1)\ndef f(): pass\n", "call", "decorator"),
        ("def f(a: x): pass\n", "read", "annotation"),
        ("def f() -> x[int]: pass\n", "subscript", "annotation"),
        ("a: x = 1\n", "read", "annotation"),
        ("isinstance(a, (x, int))\n", "read", "type test"),
        ("for a in x: pass\n", "read", "iteration"),
        ("[a for a in x]\n", "read", "iteration"),
        ("with x as f: pass\n", "read", "with"),
        ("if x: pass\n", "read", "condition"),
        ("y = a and x\n", "read", "condition"),
        ("y = x < 3\n", "read", "comparison"),
        ("y = x - 3\n", "read", "operand"),
        ("f(1, x)\n", "read", "argument"),
        ("def f():\n    return x\n", "read", "return"),
        ("f'{x}'\n", "read", "format"),
    ],
)
def test_uses(text: str, done: str, place: str) -> None:
    (usage,) = usages_of(text, "", "", "x")
    assert (usage.done, usage.place) == (done, place)


def test_details_of_a_use() -> None:
    (usage,) = usages_of("f(key=x.load(1, 2))\n", "", "", "x")
    assert (usage.attribute, usage.is_attribute_called, usage.keyword) == ("load", True, "key")
    (usage,) = usages_of("x(1, 2, key=3)\n", "", "", "x")
    assert usage.arguments == 2
    assert usages_of("x(\n", "", "", "x") == ()
