"""What content a change removes: a text before and after, the removed pieces; strays in brackets."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.problems import find_all
from quickfix_ls.validation import content_kept
from quickfix_ls.validation.change import Change
from quickfix_ls.validation.content import keeps_content, removed_by
from tests.kit_changes import change_of
from tests.kit_python import python_index


def change(before: str, after: str) -> Change:
    return change_of(before, after, find_all(python_index(Snapshot.of(before)))[0])


def pieces(before: str, after: str) -> list[str]:
    losses = removed_by(change(before, after))
    return [f"({loss.kind} {loss.text})" if loss.stray else f"{loss.kind} {loss.text}" for loss in losses]


@pytest.mark.parametrize(
    ("before", "after", "removed"),
    [
        ("open('C:\\Users\\ann')\n", "open()\n", ["text C:\\Users\\ann"]),
        ("f(1, a=2, 3)\n", "f(1, a=2)\n", ["literal 3"]),
        ("f(1, a=2, b)\n", "f(1, a=2)\n", ["argument b"]),
        ("def f(a=1, b):\n    pass\n", "def f(a=1):\n    pass\n", ["parameter b"]),
        ("def f(a=1, b):\n    pass\n", "def f(a, b):\n    pass\n", ["literal 1"]),
        ("def f(**a, *b):\n    pass\n", "def f(a, *b):\n    pass\n", ["operator **"]),
        ("x = [1, -2 3]\n", "x = [1, 2, 3]\n", ["operator -"]),
        ("x = f(-1, 2))\n", "x = f(1, 2)\n", ["operator -"]),
        ("raise Error 'no'\n", "raise Error\n", ["text no"]),
        ("x = 3 4\n", "x = 3\n", ["literal 4"]),
        ("def f():\n    await g()\n", "def f():\n    g()\n", ["keyword await"]),
        ("x = 1\ndef f():\n    y = x\n    global x\n", "x = 1\ndef f():\n    y = x\n", ["statement global x"]),
        ("x + = 2\n", "x = 2\n", ["operator +"]),
        ("x = a || b\n", "x = a | b\n", ["operator |"]),
        ("x = a *** 2\n", "x = a ** 2\n", ["operator *"]),
        ("x = 3 +\n", "x = 3\n", ["operator +"]),
        ("// double it\n", "it\n", ["name double"]),
        ("return 3\n", "3\n", ["keyword return"]),
        ("def f():\n    return 3 = x\n", "def f():\n    return 3\n", ["name x"]),
        ("else if x:\n    y\n", "if x:\n    y\n", ["keyword else"]),
        ("@cache\nx = 1\n", "x = 1\n", ["decorator cache"]),
        ("print('it's')\n", "print('it')\n", ["argument s"]),
        ("x = 'it's late'\n", "x = 'it'is late\n", ["name s"]),
        ("f('a', '--', 'b' c)\n", "f('a', 'b', c)\n", ["text '--'"]),
        ("a = 1\nb = = 2\nc = 3\n", "a = 1\nc = 3\n", ["statement b = = 2"]),
        ("x = (1,  # half of it\n", "x = (1,)\n", ["comment half of it"]),
        ("from a import b c\n", "import b, c\n", ["keyword from a"]),
        ("f(a=1, b=2, a=3)\n", "f(a=1, b=2)\n", ["argument a=3"]),
    ],
)  # fmt: skip
def test_what_is_removed_is_told(before: str, after: str, removed: list[str]) -> None:
    assert pieces(before, after) == removed


def test_the_side_of_a_conflict_is_content_and_its_markers_are_not() -> None:
    conflict = "<<<<<<< HEAD\nx = 1\n=======\ny = 2\n>>>>>>> topic\n"
    assert pieces(conflict, "x = 1\n") == ["(name HEAD)", "statement y = 2", "(name topic)"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("retrun x\n", "return x\n"),
        ("else if x:\n    y\n", "elif x:\n    y\n"),
        ("elseif x:\n    y\n", "elif x:\n    y\n"),
        ("de f g():\n    pass\n", "def g():\n    pass\n"),
        ("my name = 3\n", "my_name = 3\n"),
        ("x = 1,000 000\n", "x = 1000000\n"),
        ("x = 010\n", "x = 0o10\n"),
        ("print x\n", "print(x)\n"),
        ("print(hello you)\n", "print('hello you')\n"),
        ("x = 'it's late'\n", 'x = "it\'s late"\n'),
        ('x = "a 1.5 -> b\n', 'x = "a 1.5 -> b"\n'),
        ('"""Say it."\nx = r"a\\d"\n', '"""Say it."""\nx = r"a\\d"\n'),
        ("x = a && !b\n", "x = a and not b\n"),
        ("x = a ? b : c\n", "x = b if a else c\n"),
        ("function f(a) {\n    return a\n}\n", "def f(a):\n    return a\n"),
        ("def f()\n    return null\n", "def f():\n    return None\n"),
        ("f(a == 1, b)\n", "f(a=1, b)\n"),
        ("my-name = 3\n", "my_name = 3\n"),
        ("x = a < = b\n", "x = a <= b\n"),
        ("x: List<int> = y\n", "x: List[int] = y\n"),
        ("x === 1\n", "x == 1\n"),
        ("print >>f, x\n", "print(x, file=f)\n"),
        ("x = 1 // half of it\n", "x = 1 # half of it\n"),
        ("throw Error()\n", "raise Error()\n"),
        ("try:\n    a()\ncatch E as e:\n    b()\n", "try:\n    a()\nexcept E as e:\n    b()\n"),
        ("f(lambda (k, v): (v, k))\n", "f(lambda item: (item[1], item[0]))\n"),
        ("def f(a=1, b):\n    pass\n", "def f(b, a=1):\n    pass\n"),
        ("import b from a\n", "from a import b\n"),
        ("x = [y for y in z given y]\n", "x = [y for y in z if y]\n"),
        ("x = bu'a'\n", "x = b'a'\n"),
        ("def f():\npass\n", "def f():\n    return\n"),
        ("x = ｎame 1\n", "x = name, 1\n"),
        ("def f():\n    x = await g()\n", "import asyncio\n\n\ndef f():\n    x = asyncio.run(g())\n"),
    ],
)  # fmt: skip
def test_what_only_changes_its_form_is_kept(before: str, after: str) -> None:
    assert pieces(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "stray"),
    [
        ("return return x\n", "return x\n", "(keyword return)"),
        ("for x in in y:\n    pass\n", "for x in y:\n    pass\n", "(keyword in)"),
        ("x = 3 3\n", "x = 3\n", "(literal 3)"),
        ("x += x += 1\n", "x += 1\n", "(name x)"),
        ("name = name += 1\n", "name += 1\n", "(name name)"),
        ("x = new Foo()\n", "x = Foo()\n", "(name new)"),
        ("if x then:\n    y()\n", "if x:\n    y()\n", "(name then)"),
        ("f = lambda x: return x\n", "f = lambda x: x\n", "(keyword return)"),
        ("7 x = 1\n8 y = 2\n", "x = 1\ny = 2\n", "(literal 7)"),
        ("```python\nx = 1\n```\n", "x = 1\n", "(name python)"),
        ("f(a=1, b=2, a=1)\n", "f(a=1, b=2)\n", "(argument a=1)"),
        ("for (i = 0; i < n; i++):\n    go(i)\n", "for i in range(n):\n    go(i)\n", "(name i)"),
        ("/* x = 1 */\n", " x = 1\n", "(operator *)"),
        ("if a == == b:\n    pass\n", "if a == b:\n    pass\n", "(operator ==)"),
        ("int x = 1\n", "x = 1\n", "(name int)"),
        ("public static void main(String a):\n    pass\n", "def main(a):\n    pass\n", "(argument String)"),
        ("**x = 1**\n", "x = 1\n", "(operator **)"),
    ],
)
def test_what_is_plainly_stray_is_told_apart(before: str, after: str, stray: str) -> None:
    assert stray in pieces(before, after)
    assert keeps_content(change(before, after))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("f(1, a=2, 3)\n", "f(1, a=2)\n", "removes `3`"),
        ("return return x\n", "return x\n", "removes the stray `return`"),
        ("f(a=1, b c)\n", "f(a=1)\n", "removes `b c`"),
        ("f('one, two, three, four, five, six' 7)\n", "f()\n", "removes `one, two, three` … `r, five, six' 7`"),
        ("print x\n", "print(x)\n", ""),
    ],
)
def test_the_check_says_what_is_removed(before: str, after: str, said: str) -> None:
    assert content_kept.check(change(before, after)) == said
