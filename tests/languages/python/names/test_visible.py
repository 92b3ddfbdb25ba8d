"""Which names are visible at `$0`."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.names.visible import VisibleName, visible_names
from quickfix_ls.values import Problem, Span
from tests.kit_python import python_index


def visible(marked: str, name: str = "wrong") -> dict[tuple[str, str], VisibleName]:
    """The names visible at `$0`, where the undefined `name` stands, by origin and name."""
    at = marked.index("$0")
    index = python_index(Snapshot.of(marked.replace("$0", name)))
    problem = Problem("name", "", "NameError", Span(at, at + len(name)), name)
    region = index.region(index.unit_at(at))
    return {(one.origin, one.name): one for one in visible_names(index, region, problem)}


def of(origin: str, found: dict[tuple[str, str], VisibleName]) -> list[str]:
    return sorted(name for kind, name in found if kind == origin)


CLASS = """import os

class A(Base):
    size = 1
    def __init__(self, n):
        self.n = n

    def f(self, a):
        for b in a:
            $0
        return self.late

class B:
    def other(self):
        self.foreign = 1

def g(c):
    d = c
"""


def test_locals_module_and_members() -> None:
    found = visible(CLASS)
    assert of("local", found) == ["a", "b", "self"]
    assert of("module", found) == ["A", "B", "g", "os"]
    assert of("member", found) == ["__init__", "f", "late", "n", "size"]
    assert "max" in of("builtin", found)
    assert "None" in of("keyword", found)


def test_counts_and_distances_are_of_the_region() -> None:
    found = visible("def f(a, b):\n    x = a\n    y = a.b\n    return $0\n")
    assert (found["local", "a"].count, found["local", "a"].distance) == (3, 1)
    assert (found["local", "b"].count, found["local", "b"].distance) == (1, 3)
    assert found["local", "b"].unread
    assert not found["local", "a"].unread


def test_the_name_itself_is_never_visible() -> None:
    assert "wrong" not in {name for _, name in visible("def f(a):\n    return $0 + wrong\n")}


def test_locals_of_other_functions_are_not_visible() -> None:
    found = visible("def f():\n    def g(inner):\n        return inner\n    return $0\n")
    assert of("local", found) == ["g"]


def test_of_a_large_module_only_similar_names_are_told() -> None:
    many = "".join(f"constant_{index} = {index}\n" for index in range(500))
    found = visible(many + "wrongs = 1\nused = 2\n\ndef f():\n    used\n    return $0\n")
    assert "wrongs" in of("module", found)
    assert "used" in of("module", found)
    assert len(of("module", found)) < 120


@pytest.mark.parametrize("marked", ["$0", "def f(:\n    $0\n", "class A:\n  x = (\n  $0", "'''\n$0"])
def test_any_text_will_do(marked: str) -> None:
    assert of("keyword", visible(marked))
