"""Undefined names, as a table: source and the names that are reported, in the order of the text."""

from __future__ import annotations

import sys

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.names.scopes import names_of, names_of_broken, surroundings
from quickfix_ls.languages.python.names.undefined import undefined_names
from tests.kit_python import python_index


def undefined(source: str) -> list[str]:
    problems = undefined_names(python_index(Snapshot.of(source)))
    found = [(problem.name, source[problem.span.start : problem.span.end]) for problem in problems]
    assert all(name == text for name, text in found), "the span covers the name"
    return [name for name, _ in found]


BINDINGS = [
    ("x = 1\nprint(x)\n", []),
    ("print(x)\n", ["x"]),
    ("print(x)\nx = 1\n", []),
    ("a, (b, *c) = f()\na, b, c\n", ["f"]),
    ("x: int = 1\nx\n", []),
    ("x: Missing = 1\n", ["Missing"]),
    ("x += 1\n", ["x"]),
    ("x = 0\ndef f():\n    x += 1\n", []),
    ("def f():\n    conter += 1\n    return counter\n", ["conter", "counter"]),
    ("import a.b, c as d\na, d\nb, c\n", ["b", "c"]),
    ("from a import b as c, d\nc, d, b\n", ["b"]),
    ("for i in range(3):\n    i, j\n", ["j"]),
    ("with open(p) as f:\n    f\n", ["p"]),
    ("try:\n    pass\nexcept E as e:\n    e\n", ["E"]),
    ("x = 1\ndel x\nx\n", []),
    ("if (n := 3) > 2:\n    n\n", []),
    ("if TYPE:\n    from a import B\nB\n", ["TYPE"]),
    ("f'{x} {y!r:{z}}'\nx = y = 1\n", ["z"]),
    ("s = '''\n'''; é = 1\né; ünd\n", ["ünd"]),
    ("print('é', x, \"😀\", y)\n", ["x", "y"]),
    ("__file__, __name__, __builtins__, print, __debug__\n", []),
    ("x: 'Later' = 1\n", []),
]

FUNCTIONS = [
    ("def f(a, /, b, *c, d, **e):\n    a, b, c, d, e, g\n", ["g"]),
    ("def f(a=b):\n    pass\n", ["b"]),
    ("def f(a=a):\n    pass\n", ["a"]),
    ("@d(x)\ndef f(x): pass\n", ["d", "x"]),
    ("def f(x: A) -> B: pass\n", ["A", "B"]),
    ("def f():\n    x = 1\n    def g():\n        return x\n    return g\n", []),
    ("def f():\n    x = 1\nprint(x)\n", ["x"]),
    ("def f():\n    global x\n    x = 1\nprint(x)\n", []),
    ("def f():\n    global x\n    x += 1\n", []),
    ("def f():\n    global x\n    print(x)\n", []),
    ("def f():\n    x = 1\n    def g():\n        global x\n        return x\n", []),
    ("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x += 1\n    return g\n", []),
    ("f = lambda a, *b, c=d: (a, b, c, e)\n", ["d", "e"]),
    (
        "async def f():\n    async for x in y:\n        await x\n    async with z as w:\n        w\n",
        ["y", "z"],
    ),
    ("def f():\n    return f, __class__\n", []),
    ("class A:\n    def f():\n        global __x\n        __x = 1\nprint(_A__x)\n", []),
    ("def f():\n    import os\n    os.path\nos\n", ["os"]),
]

COMPREHENSIONS = [
    ("[x for x in y]\n", ["y"]),
    ("[x for x in range(3)]\nx\n", ["x"]),
    ("{k: v for k, v in d.items() if k if w}\n", ["d", "w"]),
    ("[a for b in c for a in b]\n", ["c"]),
    ("[a for a in b for b in range(3)]\n", ["b"]),
    ("def f():\n    any((m := x) for x in y)\n    return m\n", ["y"]),
    ("print([last := i for i in range(3)], last)\n", []),
    ("(x for x in (y for y in z))\n", ["z"]),
    ("class A:\n    xs = [1]\n    ys = [x for x in xs]\n", []),
]

CLASSES = [
    ("class A:\n    x = 1\n    y = x\n", []),
    ("class A:\n    x = 1\n    def f(self):\n        return x\n", ["x"]),
    ("class A:\n    def f(self): pass\n    def g(self): return f()\n    h = f\n", ["f"]),
    ("class A:\n    def f(self): pass\nf()\n", ["f"]),
    (
        "def o():\n    class A:\n        x = 1\n        y = x\n        def f(self):\n            return x\n",
        ["x"],
    ),
    ("def o(x):\n    class A:\n        y = x\n        def f(self):\n            return x\n", []),
    ("class A(B, metaclass=M):\n    pass\n", ["B", "M"]),
    ("class A:\n    def f(self): return A, super(), __class__\n", []),
    ("class A:\n    class B: pass\n    def f(self, b: B): pass\n", []),
    ("class A:\n    def f(self):\n        return self.missing.x\n", []),
    ("class A:\n    for i in range(3):\n        j = i\n", []),
    ("class A:\n    x = [k for _ in range(3)]\n    k = 1\n", ["k"]),
]

MATCH = [
    ("match a:\n    case [x, *y]:\n        x, y\n    case {'k': v, **w}:\n        v, w\na = 1\n", []),
    ("match 1:\n    case C(p, q=r) as t:\n        p, r, t\n", ["C"]),
    ("match 1:\n    case m.X:\n        pass\n    case _:\n        x\n", ["m", "x"]),
]

SILENCE = [
    ("from a import *\nx\n", []),
    ("def f():\n    exec(code)\n", []),
    ("exec('x = 1', {})\nx\n", ["x"]),
    ("exec('x = 1', globals())\nx\n", []),
    ("globals()['x'] = 1\nx\n", []),
    ("globals().update(a=1)\nx\n", []),
    ("g = globals()\nx\n", []),
    ("globals()['x']\nx\n", ["x"]),
    ("print(globals().get('y'), x)\n", ["x"]),
    ("vars().update(a=1)\nx\n", []),
    ("def f():\n    print(locals())\n    return x\n", ["x"]),
    ("try:\n    unicode\nexcept NameError:\n    unicode = str\n", []),
    ("try:\n    x\nexcept (NameError, TypeError):\n    pass\nprint(x)\n", []),
    ("try:\n    x\nexcept ValueError:\n    pass\n", ["x"]),
    ("if 'x' in globals():\n    x\n", []),
    ("import builtins\nbuiltins.x = 1\nx\n", []),
    ("import sys\nif sys.version_info[0] < 3:\n    unicode, y\n", ["y"]),
    ("import contextlib\nwith contextlib.suppress(NameError):\n    x\n", []),
    ("x  # noqa\ny  # noqa: F821\nz  # noqa: E501\n", ["z"]),
    ("x  # type: ignore\ny  # type: ignore[name-defined]\nz  # type: ignore[attr]\n", ["z"]),
    ("def f(:\n    x = 1\n\n\nprint(x)\n", []),
]

TYPE_PARAMETERS = [
    ("def f[T](x: T) -> T:\n    y: T = x\n    return y\n", []),
    ("class A[T: B]:\n    x: T\n    def f(self) -> T: pass\n", ["B"]),
    ("type X[T] = list[T] | Y\nX\n", ["Y"]),
    ("class A:\n    class B: pass\n    def f[T](self, x: B) -> T: pass\n", []),
]


@pytest.mark.parametrize(("source", "names"), [*BINDINGS, *FUNCTIONS, *COMPREHENSIONS, *CLASSES, *MATCH, *SILENCE])
def test_undefined(source: str, names: list[str]) -> None:
    assert undefined(source) == names


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters are new in Python 3.12")
@pytest.mark.parametrize(("source", "names"), TYPE_PARAMETERS)
def test_type_parameters(source: str, names: list[str]) -> None:
    assert undefined(source) == names


def test_except_star_binds_its_name() -> None:
    source = "try:\n    pass\nexcept* E as e:\n    e\n"
    assert undefined(source) == (["E"] if sys.version_info >= (3, 11) else [])


def test_names_of_a_member_stand_at_class_level() -> None:
    names = names_of("    def f(self):\n        return g(x)\n", "class _:\n")
    assert (names.bound, names.members) == (frozenset(), {"f"})
    assert [(one.name, one.span.start, one.in_class) for one in names.free] == [
        ("g", 32, False),
        ("x", 34, False),
    ]


def test_names_of_a_class_header_with_its_suffix() -> None:
    names = names_of("class A(B):\n    x = y\n", "", "    pass\n")
    assert (names.bound, names.members) == ({"A"}, {"x"})
    assert [(one.name, one.in_class) for one in names.free] == [("B", False), ("y", True)]


def test_every_identifier_of_a_broken_unit_counts_as_bound() -> None:
    names = names_of_broken("def f(a:\n    from m import *\n  'text' b # c\n")
    assert names.bound == {"f", "a", "m", "b"}
    assert names.opaque
    assert names.free == ()


@pytest.mark.parametrize("text", ["x = " + "(" * 5000, "x = " + "-" * 20000 + "1", "a" + ".b" * 20000, "\0", "\ud800"])
def test_odd_texts_raise_nothing(text: str) -> None:
    assert isinstance(names_of(text).bound, frozenset)


def test_a_long_chain_is_still_understood() -> None:
    assert undefined("x = 'a'" + " + 'a'" * 900 + " + y\n") == ["y"]


def test_multi_line_f_string_has_its_place() -> None:
    source = "def f(a):\n    return f'''\n  {a}\n  {missing}\n'''\n"
    (free,) = names_of(source).free
    assert source[free.span.start : free.span.end] == "missing"


def test_surroundings_hold_what_encloses_the_place() -> None:
    source = "def f(a, b):\n    def g(c):\n        return c\n    return [HERE for d in b]\n"
    around = surroundings(source, "", "", source.index("HERE"))
    assert around is not None
    assert around.locals == {"a", "b", "g", "d"}
    assert around.unread == {"a", "g", "d"}


def test_surroundings_of_a_broken_text_are_unknown() -> None:
    assert surroundings("def f(:\n", "", "", 3) is None
