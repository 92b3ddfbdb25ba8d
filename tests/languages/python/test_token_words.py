"""Text in, words out."""

from __future__ import annotations

import pytest

from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.languages.python.token_words import CLASSES, class_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("# only a comment\n", ""),
        ("x = 1  # one\n", "<line> x = 1"),
        ("a.b.c()", "<line> a . .b . .c ( )"),
        ("if a:\n    b\nc\n", "<line> if a : <indent> b <dedent> c"),
        ("if a:\n  if b:\n    c\nd\n", "<line> if a : <indent> if b : <indent> c <dedents> d"),
        ("if a:\n    b\n  c\n", "<line> if a : <indent> b <odd dedent> c"),
        ("f(a,\n  b)\nc\n", "<line> f ( a , b ) <line> c"),
        ("f(a,\nreturn b\n", "<line> f ( a , <line> return b"),
        ("[x\n for x in y]\nz", "<line> [ x for x in y ] <line> z"),
        ("f'{a}' 'b", "<line> <string> <bad string>"),
        ("a ? b", "<line> a <error> b"),
        ("x = '''\nif\n'''\ny", "<line> x = <string> <line> y"),
    ],
)
def test_spell(text: str, words: str) -> None:
    expected = words.replace("<odd dedent>", "<odd_dedent>").replace("<bad string>", "<bad_string>").split()
    assert [word.replace(" ", "_") for word in words_of(lex(text))] == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("total_count", "<name>"),
        ("Point", "<Name>"),
        ("MAX_SIZE", "<NAME>"),
        ("T", "<Name>"),
        ("_x", "<name>"),
        (".append", "<.name>"),
        ("0x1f", "<number>"),
        (".5", "<number>"),
        ("<>", "<error>"),
        ("?", "<error>"),
    ],
)
def test_class_of(word: str, expected: str) -> None:
    assert class_of(word) == expected
    assert expected in CLASSES
