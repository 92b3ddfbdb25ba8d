"""What becomes of other tools' diagnostics: our own problems, problems on the tool's word, or nothing."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.problems import find_at, problem_of
from quickfix_ls.values import Problem, Reported, Span
from tests.kit_python import python_index

ROOM = """\
class Room:
    def __init__(self, width):
        self.width = width


"""


def problem(text: str, wrong: str, message: str, source: str, code: str = "") -> Problem | None:
    """The problem that a diagnostic on the line of `wrong` is about."""
    index = python_index(Snapshot.of(text))
    line = index.snapshot.line_at(text.index(wrong))
    return problem_of(index, Reported(message, index.snapshot.line_span(line), source, code))


def test_what_our_analysis_sees_too_is_our_own_with_what_the_tool_said() -> None:
    message = 'Module has no attribute "squrt"; maybe "sqrt" or "isqrt"?'
    found = problem("import math\nprint(math.squrt(2))\n", "squrt", message, "mypy", "attr-defined")
    assert found is not None
    assert (found.message, found.origin) == ("module 'math' has no attribute 'squrt'", "analysis")
    assert (found.reported, found.hints) == (f"mypy: {message}", ("sqrt", "isqrt"))


def test_a_name_in_a_string_is_not_the_undefined_one() -> None:
    text = (
        "class Box:\n    def area(self):\n        pass\n\n    def show(self):\n        return 'area ' + str(area())\n"
    )
    found = problem(text, "str(area", "undefined name 'area'", "", "")
    assert found is not None
    assert (found.code, found.origin) == ("NameError", "analysis")
    assert text[found.span.start : found.span.end + 1] == "area("


def test_what_only_the_tool_sees_is_taken_on_its_word_with_its_hint() -> None:
    text = "from pathlib import Path\n\nprint(Path('a').read_txt())\n"
    message = '"Path" has no attribute "read_txt"; maybe "read_text"?'
    found = problem(text, "read_txt", message, "mypy", "attr-defined")
    assert found is not None
    assert (found.code, found.origin, found.hints) == ("AttributeError", "client:mypy", ("read_text",))
    assert text[found.span.start : found.span.end] == "read_txt"


def test_without_a_hint_a_near_name_of_the_file_may_be_meant() -> None:
    text = f"{ROOM}room = Room(2)\nprint(room.widht, 'widht')\n"
    message = 'Cannot access attribute "widht" for class "Room"\n  Attribute "widht" is unknown'
    found = problem(text, "room.widht", message, "Pyright", "reportAttributeAccessIssue")
    assert found is not None
    assert found.hints == ("width",)
    # Where nothing could be meant there is nothing to mend.
    text = text.replace("widht", "price")
    message = message.replace("widht", "price")
    assert problem(text, "room.price", message, "Pyright", "reportAttributeAccessIssue") is None


@pytest.mark.parametrize(
    ("text", "wrong", "message", "source", "code", "hints"),
    [
        ("import jsn\n", "jsn", "Unable to import 'jsn'", "Pylint", "E0401", ("json",)),
        ("import jsn\n", "jsn", 'Import "jsn" could not be resolved', "Pylance", "reportMissingImports", ("json",)),
        ("import ours\n", "ours", "Cannot resolve imported module `ours`", "ty", "import-not-found", None),
        ("def f(x):\n    pass\n", "x", "Missing function docstring", "Pylint", "C0116", None),
        ("x = f(a\n", "f", "Unused variable `x`", "Ruff", "F841", None),
    ],
)
def test_modules_and_other_worries(
    text: str, wrong: str, message: str, source: str, code: str, hints: tuple[str, ...] | None
) -> None:
    found = problem(text, wrong, message, source, code)
    assert (found.hints if found else None) == hints


@pytest.mark.parametrize(
    ("message", "source", "code"),
    [
        ('Instance methods should take a "self" parameter', "Pyright", "reportSelfClsParameterName"),
        ("Method 'area' has no argument", "Pylint", "E0211"),
    ],
)
def test_a_method_without_self_is_found_by_its_line(message: str, source: str, code: str) -> None:
    text = "class Room:\n    def area():\n        return 3\n"
    found = problem(text, "area", message, source, code)
    assert found is not None
    assert (found.code, text[found.span.start : found.span.end]) == ("TypeError", "area")


def test_one_problem_that_several_report_is_one_with_the_hints_of_all() -> None:
    text = "from pathlib import Path\n\nprint(Path('a').read_txt())\n"
    span = Span(text.index("Path('"), text.index("())"))
    reports = (
        Reported("Instance of 'Path' has no 'read_txt' member; maybe 'read_text'?", span, "Pylint", "E1101"),
        Reported('"Path" has no attribute "read_txt"; maybe "read_bytes"?', span, "mypy", "attr-defined"),
    )
    (found,) = find_at(python_index(Snapshot.of(text)), span, reports)
    assert found.hints == ("read_text", "read_bytes")


def test_a_problem_is_the_same_whether_it_was_reported_or_not() -> None:
    text = "print(lenght)\n"
    index, span = python_index(Snapshot.of(text)), Span(6, 12)
    (own,) = find_at(index, span)
    (reported,) = find_at(index, span, (Reported("Undefined name `lenght`", span, "Ruff", "F821"),))
    assert own == reported
    assert (own.reported, reported.reported) == ("", "Ruff: Undefined name `lenght`")


def test_a_name_of_the_file_that_is_undefined_in_a_function_is_unbound_there() -> None:
    text = "count = 0\n\n\ndef bump():\n    count += 1\n"
    found = problem(text, "count +=", "Name `count` used when not defined", "ty", "unresolved-reference")
    assert found is not None
    assert (found.kind, found.code) == ("type", "UnboundLocalError")
    assert text[found.span.start :].startswith("count +=")


def test_a_method_that_takes_another_parameter_but_not_self_only_the_tool_can_tell() -> None:
    text = "class Room:\n    def area(n):\n        return n\n"
    found = problem(
        text, "area", 'Instance methods should take a "self" parameter', "Pyright", "reportSelfClsParameterName"
    )
    assert found is not None
    assert (found.kind, found.code) == ("type", "TypeError")


def test_of_types_the_type_that_is_expected_is_a_hint() -> None:
    message = 'Incompatible return value type (got "map[int]", expected "list[int]")'
    found = problem("def f():\n    return map(len, [])\n", "return", message, "mypy", "return-value")
    assert found is not None
    assert (found.kind, found.hints) == ("type", ("list",))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("from tkinter import *\n\nsys.exit(1)\n", "sys"),
        ("shell = get_ipython()\n", "get_ipython"),
    ],
)
def test_a_tool_may_know_what_a_star_import_or_a_kernel_lacks(text: str, name: str) -> None:
    found = problem(text, name, f"undefined name '{name}'", "pyflakes")
    assert found is not None
    assert (found.code, found.kind, found.name) == ("NameError", "name", name)


@pytest.mark.parametrize(
    "text",
    [
        "def f(new):\n    print(1, instance=instance)\n",
        "def f(loader):\n    instance = loader.instance or instance\n",
        "def f():\n    return f'{1=}{instance=}'\n",
        "def f():\n    return {'instance': 1, \"instance\": instance}\n",
    ],
)
def test_an_undefined_name_is_one_that_is_read(text: str) -> None:
    found = problem(text, "instance", "name 'instance' is not defined", "")
    assert found is not None
    assert found.span == Span(text.rindex("instance"), text.rindex("instance") + len("instance"))
