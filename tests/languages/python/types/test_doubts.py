"""Which doubts are problems once types are known."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.types.doubts import Doubt, doubts_at, informed, suspected_in
from quickfix_ls.languages.python.types.inquiries import Facts
from quickfix_ls.problems import find_at
from quickfix_ls.values import Problem, Reported, Span
from tests.kit_python import python_index

READ = "def f(path):\n    return path.read_txt()\n"
FORMAT = "def f(path):\n    return path.formar()\n"
SHAPE = Facts("'Shape' object", frozenset({"size"}), True)
PATH = Facts("'Path' object", frozenset({"read_text", "write_text"}), True)


def index_of_file(text: str) -> Index:
    return python_index(Snapshot.of(text))


def asked(text: str, word: str, *reported: Reported) -> tuple[Index, list[Problem], tuple[Doubt, ...]]:
    index, place = index_of_file(text), Span(text.index(word), text.index(word) + len(word))
    found = find_at(index, place, reported)
    return index, found, doubts_at(index, place, found, reported)


def shown(text: str, word: str, facts: Facts | None, *reported: Reported) -> list[Problem]:
    """What is found at a word once these facts are known of its owner, and nothing of any other."""
    index, found, doubts = asked(text, word, *reported)
    return informed(index, found, doubts, tuple(facts if one.use.name == word else None for one in doubts))


def reported(text: str, word: str, message: str) -> Reported:
    return Reported(message, Span(text.index(word), text.index(word) + len(word)), "mypy", "attr-defined")


@pytest.mark.parametrize(
    ("text", "word", "facts", "message", "hints"),
    [
        (READ, "read_txt", PATH, "'Path' object has no attribute 'read_txt'", ("read_text",)),
        (
            "from shapes import aera\n",
            "aera",
            Facts("module 'shapes'", frozenset({"area"}), True),
            "cannot import name 'aera' from 'shapes'",
            ("area",),
        ),
        (
            "from .shapes import aera\n",
            "aera",
            Facts("module 'a.shapes'", frozenset({"area"}), True),
            "cannot import name 'aera' from '.shapes'",
            ("area",),
        ),
        (
            "import shapes\nshapes.area(widht=1)\n",
            "widht",
            Facts("area", frozenset({"width", "height"}), True),
            "area() got an unexpected keyword argument 'widht'",
            ("width",),
        ),
    ],
)
def test_a_name_that_its_owner_lacks_is_a_problem(
    text: str, word: str, facts: Facts, message: str, hints: tuple[str, ...]
) -> None:
    (problem,) = shown(text, word, facts)
    assert (problem.message, problem.hints, problem.origin) == (message, hints, "types")


@pytest.mark.parametrize(
    ("text", "word", "facts"),
    [
        pytest.param(READ, "read_txt", Facts("x", frozenset({"read_txt", "read_text"}), True), id="it has it"),
        pytest.param(READ, "read_txt", Facts("x", frozenset({"unlink"}), True), id="nothing is near"),
        pytest.param("def f(a):\n    return a.sizes\n", "sizes", SHAPE._replace(is_complete=False), id="no end"),
        pytest.param("def f(a, b):\n    b.sizes = 1\n    return a.sizes\n", "sizes", SHAPE, id="the file gives it"),
        pytest.param("try:\n    a = b.sizes\nexcept AttributeError:\n    a = 1\n", "sizes", SHAPE, id="it is expected"),
        pytest.param(
            "import shapes\nshapes.area(width=2, widht=1)\n",
            "widht",
            Facts("area", frozenset({"width"}), True),
            id="the near argument is given",
        ),
    ],
)
def test_what_may_be_right_is_not_called_wrong(text: str, word: str, facts: Facts) -> None:
    assert [one for one in shown(text, word, facts) if one.origin == "types"] == []


def test_what_types_know_of_is_suspected_no_longer() -> None:
    index, found, _ = asked(FORMAT, "formar")
    assert [one.origin for one in find_at(index, found[0].span)] == ["suspicion"]
    assert shown(FORMAT, "formar", Facts("x", frozenset({"formar", "format"}), False)) == []


def test_a_suspicion_is_confirmed_even_where_the_owner_may_have_more() -> None:
    (problem,) = shown(FORMAT, "formar", Facts("x", frozenset({"format", "form"}), False))
    assert (problem.origin, problem.hints) == ("types", ("format",))


def test_a_suspicion_of_which_types_know_nothing_stays() -> None:
    (problem,) = shown(FORMAT, "formar", None)
    assert problem.origin == "suspicion"


def test_what_a_tool_reports_is_taken_up_with_its_words() -> None:
    text = "def f(x):\n    return x.siez\n"
    said = reported(text, "siez", '"Shape" has no attribute "siez"')
    (problem,) = shown(text, "siez", Facts("'Shape' object", frozenset({"size"}), False), said)
    assert (problem.origin, problem.hints) == ("types", ("size",))
    assert problem.reported == 'mypy: "Shape" has no attribute "siez"'


def test_what_a_tool_reports_is_not_refuted() -> None:
    text = "def f(x):\n    x.size = 1\n    return x.siez\n"
    said = reported(text, "siez", '"Shape" has no attribute "siez"')
    (problem,) = shown(text, "siez", Facts("'Shape' object", frozenset({"siez", "size"}), True), said)
    assert problem.origin == "client:mypy"


def test_nothing_is_asked_where_something_is_proven() -> None:
    _, found, doubts = asked("import math\nprint(math.squrt(lenght.real))\n", "squrt")
    assert found
    assert doubts == ()


def test_what_is_suspected_is_asked_about_first() -> None:
    text = "def f(a, b, c):\n    return a.first(b.second(c.formar()))\n"
    _, _, doubts = asked(text, "a.first")
    assert [one.use.name for one in doubts] == ["formar", "first", "second"]


def test_a_whole_file_is_asked_about_its_suspicions_alone() -> None:
    doubts = suspected_in(index_of_file("def f(a, b):\n    return a.first(b.formar())\n"))
    assert [(one.use.name, one.problem and one.problem.origin) for one in doubts] == [("formar", "suspicion")]


def test_what_only_checkers_see_may_be_wrong() -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shapes import Aera\n"
    (problem,) = shown(text, "Aera", Facts("module 'shapes'", frozenset({"Area"}), True))
    assert problem.hints == ("Area",)


def test_a_name_that_is_imported_and_not_used_is_suspected_to_be_one_that_is_used() -> None:
    _, (problem,), _ = asked("from shapes import Condole\n\nprint(Console())\n", "Condole")
    assert (problem.origin, problem.code, problem.hints) == ("suspicion", "ImportError", ("Console",))
