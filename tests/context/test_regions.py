"""Which part of a file a repair works on: no more than its error needs."""

from __future__ import annotations

import pytest

from quickfix_ls.context.regions import regions_for
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.problems import find_all
from tests.kit_python import python_index


def regions(text: str, number: int = 0, *, alone: bool = False) -> list[str]:
    """The texts of the regions for the problem `number` of a text."""
    index = python_index(Snapshot.of(text))
    return [region.text for region in regions_for(index, find_all(index)[number], alone=alone)]


def test_two_functions_with_an_error_each_are_repaired_apart() -> None:
    first, between, second = (
        "def f(x)\n    return x\n\n\n",
        "def g():\n    return 1\n\n\n",
        "def h(x):\n    return (x\n",
    )
    assert regions(first + between + second)[0] == first + between
    assert regions(first + between + second, 1)[0] == between + second
    assert not any(first in text for text in regions(first + between + second, 1))


@pytest.mark.parametrize(
    "text",
    [
        # Statements of the module, with and without a function between them.
        "if a\n    b()\n\nif c\n    d()\n",
        "if a\n    b()\n\n\ndef f():\n    return 1\n\n\nif c\n    d()\n",
        # Statements that slipped out of a function, or a method out of a class.
        "def fib(n):\n'''A number.'''\nif n < 2:\n    return n\nreturn fib(n - 1) + fib(n - 2)\n",
        "class A:\ndef f(self)\n    return 1\n",
        # What comes in pairs.
        "<<<<<<< HEAD\ndef f():\n    return 1\n=======\ndef f():\n    return 2\n>>>>>>> other\n",
        "```python\ndef f():\n    return 1\n```\n",
        "def f():\n    '''One.\n    return 1\n\n\ndef g():\n    '''Two.'''\n    return 2\n\n\nx = 1\n",
        # Python 2.
        "def f():\n    print 1\n\n\ndef g():\n    print 2\n",
        "def f():\n    raise ValueError, 'no'\n\n\ndef g():\n    return 0777\n",
    ],
)
def test_errors_that_may_have_one_cause_are_repaired_together(text: str) -> None:
    assert text.strip() in regions(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "def f(x)\n    return x\n\nclass = 3\nprint(class)\n",
        "class A\n    def f(self)\n        return 1\n",
        "def f():\n    print 1\n\n\ndef g(x)\n    return x\n",
        "def f(x)\n    return x\n\n\nif f(1)\n    print(2)\n",
        "dfe f(x):\n    return x\n\n\ndef g(x)\n    return x\n",
    ],
)
def test_errors_with_causes_of_their_own_are_not(text: str) -> None:
    assert text.strip() not in regions(text)[0]


def test_an_error_at_the_end_of_a_unit_is_that_of_the_unit() -> None:
    assert regions("def f():\n\n\ndef g(x)\n    return x\n")[0] == "def f():\n\n\n"


def test_one_of_many_errors_in_a_function_is_repaired_among_its_own_statements() -> None:
    ifs = [f"    if a > {n}\n        print({n})\n" for n in range(9)]
    text = "def f(a):\n    b = a\n" + "".join(ifs) + "    return b\n"
    assert regions(text)[0] == "    b = a\n" + ifs[0]
    few = "def f(a):\n    b = a\n" + "".join(ifs[:3]) + "    return b\n"
    assert regions(few) == [few]
    assert regions(few, alone=True) == ["    b = a\n" + ifs[0]]


def test_many_errors_of_a_module_are_repaired_one_by_one() -> None:
    ifs = [f"if a > {n}\n    print({n})\n" for n in range(9)]
    assert regions("a = 1\n" + "".join(ifs), 4) == [ifs[4]]


def test_an_error_in_a_long_function_is_repaired_among_the_statements_around_it() -> None:
    steps = [f"    x = x + {n}\n" for n in range(90)]
    steps[60] = "    x = x +\n"
    text = "def f(x):\n" + "".join(steps)
    first, *others = regions(text)
    assert steps[60] in first
    assert first in text
    assert first.count("\n") <= 24
    assert others == [text]


def test_the_statements_of_a_nested_block() -> None:
    ifs = [f"        if a > {n}\n            print({n})\n" for n in range(9)]
    text = "def f(b):\n    for a in b:\n" + "".join(ifs) + "    return b\n"
    assert regions(text)[0] == ifs[0]


def test_of_a_long_function_with_many_errors_no_more_is_tried() -> None:
    ifs = [f"    if a > {n}\n        print({n})\n" for n in range(40)]
    assert regions("def f(a):\n" + "".join(ifs)) == [ifs[0]]


def test_a_misspelt_header_is_one() -> None:
    text = "class A:\n    function f(self):\n        if self.a ! 1:\n            return 2\n        return g(3\n"
    assert regions(text)[0] == text


def test_a_statement_outside_of_a_function_is_repaired_with_the_long_function_above() -> None:
    body = "".join(f"    x{number} = {number}\n" for number in range(40))
    index = python_index(Snapshot.of(f"def f():\n{body}return x1\n"))
    (problem,) = find_all(index)
    assert next(iter(regions_for(index, problem))).text.startswith("def f():")
    index = python_index(Snapshot.of(f"def f():\n{body}x = (1\n"))
    (problem,) = find_all(index)
    assert not next(iter(regions_for(index, problem))).text.startswith("def f():")
