"""Which locals can be read at a place, and whether they are bound before it."""

from __future__ import annotations

import pytest

from quickfix_ls.languages.python.names.scope_bindings import functions_at, locals_at


def readable(text: str) -> dict[str, bool]:
    """The locals at `$0`, and whether each may be bound there."""
    offset = text.index("$0")
    text = text.replace("$0", "")
    found = locals_at(text, "", "", offset)
    return {name: local.is_bound_before(offset) for name, local in found.items()}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def f(a, *b, c=1, **d):\n    return $0x\n", {"a": True, "b": True, "c": True, "d": True}),
        ("def f():\n    a = 1\n    return $0x\n", {"a": True}),
        ("def f():\n    y = $0x\n    a = 1\n", {"y": False, "a": False}),
        ("def f():\n    for item in $0x:\n        a = item\n", {"item": False, "a": False}),
        ("def f():\n    for item in y:\n        print($0x)\n        a = item\n", {"item": True, "a": True}),
        ("def f():\n    with $0x as m:\n        pass\n", {"m": False}),
        ("def f():\n    try:\n        pass\n    except $0x as e:\n        pass\n", {"e": False}),
        ("def f():\n    try:\n        pass\n    except E as e:\n        $0x\n", {"e": True}),
        ("def f():\n    def g():\n        return $0x\n    a = 1\n", {"g": True, "a": True}),
        ("def f(xs):\n    return [x for x in $0y]\n", {"xs": True}),
        ("def f(xs):\n    return [$0y for x in xs]\n", {"x": True, "xs": True}),
        ("def f():\n    if (n := g()) and $0x:\n        pass\n", {"n": True}),
        ("def f():\n    global a\n    a = 1\n    return $0x\n", {}),
        ("f = lambda a: $0x\n", {"a": True}),
        ("def f(:\n    $0x\n", {}),
    ],
)
def test_locals(text: str, names: dict[str, bool]) -> None:
    assert readable(text) == names


def test_the_functions_around_a_place() -> None:
    text = "def f(a):\n    def g(b, c):\n        return x\n"
    found = list(functions_at(text, "", "", text.index("x")))
    assert [(scope.name, scope.parameters) for scope in found] == [("g", ("b", "c")), ("f", ("a",))]
