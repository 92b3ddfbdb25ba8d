"""What is called impossible side by side stands so in no program."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from quickfix_ls.languages.python.adjacent import LINE_END, may_follow, role_of, role_of_text
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS, lex
from quickfix_ls.languages.python.lexis import LEXIS
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.ranking.measures.touched_lines import misfits

STDLIB = Path(sysconfig.get_paths()["stdlib"])
FILES = sorted([*STDLIB.glob("[a-h]*.py"), *(STDLIB / "test").glob("test_[gp]*.py")])
"""The tests among them, where they are installed, have the odd corners of the grammar: patterns, star expressions."""
PARSES = {"test_source_encoding.py", "test_utf8source.py"}


def significant(text: str) -> Iterator[Token]:
    """The tokens of a program; comments, and line ends inside of brackets, are none."""
    depth = 0
    for token in lex(text):
        depth += (token.text in OPENERS) - (token.text in CLOSERS) if token.kind == "op" else 0
        if token.kind != "comment" and not (token.kind == "newline" and depth):
            yield token


@pytest.mark.parametrize("part", range(2))
def test_the_standard_library_has_nothing_that_is_called_impossible(part: int) -> None:
    seen = set()
    for file in FILES[part::2]:
        text = file.read_text("utf-8", "replace")
        if file.name in PARSES or "\0" in text:
            continue
        tokens = list(significant(text))
        roles = [LINE_END, *map(role_of, tokens), LINE_END]
        places = {pair: tokens[min(at, len(tokens) - 1)].start for at, pair in enumerate(pairwise(roles)) if tokens}
        wrong = [(pair, text.count("\n", 0, at) + 1) for pair, at in places.items() if not may_follow(*pair)]
        assert not wrong, (file.name, wrong)
        assert misfits(lex(text), LEXIS) == 0, file.name
        seen |= places.keys()
    assert len(seen) > 500


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the constructs are newer")
@pytest.mark.parametrize(
    "text",
    [
        "def f(*args: *Ts): pass\n", "try: pass\nexcept* E: pass\n", "match x, y:\n    case [*_, 1] | -1: pass\n",
        "x[*a, 1:2, ::3]\n", "lambda *, a: (yield)\n", "lambda a, /, *b, **c: None\n", "f(*a, **b, c=1)\n",
        "from ... import a\n", "from . import (a, b as c,)\n", "from .a import *\n", "async def f():\n    await x\n",
        "return_ = yield_ = not ~x\n", "for a, in b: pass\n", "print(*a, sep='')\n", "a = b = *c, d\n",
        "with (a as b, c as d): pass\n", "raise A from None\n", "del (a), b[1]\n", "assert a, 'b' 'c'\n",
        "x: int = 1; y: str\n", "class A(B, c=d): ...\n", "if x := f(): pass\n", "a if b else c\n",
        "[i async for i in x if not i]\n", "global a, b\n", "1 if 2else 3\n", "a @ b @= c\n", "case = match = type\n",
        "x[lambda: 1]\n", "f(a)(b)[c].d\n", "{**a, 'b': c}\n", "{*a, b}\n", "not_ = a is not b not in c\n",
    ],
)  # fmt: skip
def test_odd_corners_of_the_grammar_are_possible(text: str) -> None:
    roles = [LINE_END, *map(role_of, significant(text))]
    assert [pair for pair in pairwise(roles) if not may_follow(*pair)] == []


@pytest.mark.parametrize(
    ("left", "right"),
    [("name", "name"), ("number", "name"), ("(", "="), (",", ","), ("if", ":"), ("=", ")"), ("def", "("), (".", "1")],
)
def test_much_is_impossible(left: str, right: str) -> None:
    assert not may_follow(left, right)


def test_what_is_no_token_of_pythons_is_let_pass() -> None:
    for text in ("$", "'open", "?"):
        (token,) = lex(text)
        assert may_follow(role_of(token), "name")
        assert may_follow("name", role_of(token))


def test_a_text_that_is_to_come_has_the_role_of_its_token() -> None:
    for text in ("x", "match", "1", "0", "None", "lambda", "**", ")", "if"):
        (token,) = lex(text)
        assert role_of_text(text) == role_of(token)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x = a b\n", 1), ("x = (1,\n     2)\n", 0), ("f(a,\n", 0), ("x +\ny\n", 0), ("x = = 1 2\n", 2),
        ("if x: # why\n    y z\n", 1), ("", 0), ("x = [a b, c d]\n", 2),
    ],
)  # fmt: skip
def test_misfits_are_counted(text: str, count: int) -> None:
    assert misfits(lex(text), LEXIS) == count
