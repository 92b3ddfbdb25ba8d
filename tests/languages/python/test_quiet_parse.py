"""Source text that may be wrong is parsed without exceptions and warnings."""

from __future__ import annotations

import ast
import warnings

import pytest

from quickfix_ls.languages.python.quiet_parse import is_expression, module_of, placed


@pytest.mark.parametrize("text", ["x = (", "x\0", "  x", "(" * 5000])
def test_what_does_not_parse_has_no_tree(text: str) -> None:
    assert module_of(text) is None
    assert placed(text)[0] is None


def test_the_compilers_warnings_are_not_told() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tree = module_of("x = '\\d'\ny = 1 is 1\n")
    assert tree is not None
    assert [type(node) for node in tree.body] == [ast.Assign, ast.Assign]


def test_an_expression_is_no_statement() -> None:
    assert is_expression("a + 1")
    assert not is_expression("a = 1")
    assert not is_expression("")
