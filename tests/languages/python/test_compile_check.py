"""CPython is the compile_check: of units by themselves, of older targets, and not of what it does not know."""

from __future__ import annotations

import sys

import pytest

from quickfix_ls.languages.python.compile_check import compile_check

VALID = [
    "match x:\n    case [1, *rest]:\n        pass\n",
    "with (open(a) as f, open(b) as g):\n    pass\n",
    "f = lambda: (yield)\n",
    "print(f'{x!r:>{width}}')\n",
    "async def f():\n    async with a as b, c as d:\n        return [x async for x in y]\n",
]


@pytest.mark.parametrize("text", VALID)
def test_modern_syntax_is_no_error(text: str) -> None:
    assert compile_check(text) is None


def test_a_fault_has_cpythons_words_and_place() -> None:
    fault = compile_check("x = 1\nif x\n    y\n")
    assert fault is not None
    assert (fault.message, fault.code, fault.span.start) == ("expected ':'", "SyntaxError", 10)


def test_a_fault_in_the_surroundings_is_reported_at_the_edge() -> None:
    fault = compile_check("    def f(self):\n", prefix="class _:\n")
    assert fault is not None
    assert fault.span.start == len("    def f(self):")
    assert compile_check("    x = 1\n", prefix="class _:\n") is None
    assert compile_check("class A:\n", suffix="    pass\n") is None


def test_an_older_target_is_asked_of_the_parser() -> None:
    text = "match x:\n    case 1:\n        pass\n"
    assert compile_check(text, target=(3, 10)) is None
    assert compile_check(text, target=(3, 9)) is not None


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this interpreter knows the syntax")
@pytest.mark.parametrize("text", ["type X = int\n", "def f[T](x: T) -> T:\n    return x\n", "f'{d['k']}'\n"])
def test_what_is_newer_than_the_interpreter_is_left_alone(text: str) -> None:
    assert compile_check(text) is not None
    assert compile_check(text, target=(3, 13)) is None


def test_errors_beside_newer_constructs_are_still_found() -> None:
    assert compile_check("x = (1\n", target=(3, 14)) is not None


@pytest.mark.parametrize(
    "text",
    ["", "\0", "x\0y", "\ud800", "(" * 5000, "x = " + "[" * 300, "-" * 20000 + "1", "\\", "\r", "'" * 9, "0" * 9999],
)
def test_no_text_makes_it_raise(text: str) -> None:
    compile_check(text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_offsets_count_every_line_end(end: str) -> None:
    text = f"é = 1{end}x = ({end}"
    fault = compile_check(text)
    assert fault is not None
    assert text[fault.span.start] == "("


def test_a_notebook_awaits_without_a_function() -> None:
    text = "async with a() as b:\n    x = await b\n"
    assert compile_check(text) is not None
    assert compile_check(text, notebook=True) is None
    assert compile_check("def f():\n    await x\n", notebook=True) is not None
