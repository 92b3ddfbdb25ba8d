"""The lexer takes any text and loses nothing of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickfix_ls.languages.python.lexer import lex

CODE = st.text(st.sampled_from(list("abr01_.,:;()[]{}'\"\\#=+-*/!$ \t\n\réλ😀")), max_size=60)


@given(CODE)
def test_tokens_cover_everything_but_space(text: str) -> None:
    position = 0
    for token in lex(text):
        assert text[token.start : token.end] == token.text
        assert not text[position : token.start].replace("\\\n", "").replace("\\\r", "").strip(" \t\f\n")
        position = token.end
    assert not text[position:].replace("\\\n", "").replace("\\\r", "").strip(" \t\f\n")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("x = 1", "name op number"),
        ("if x: pass", "keyword name op keyword"),
        ("rb'a' f\"b\" '''c\nd'''", "string string string"),
        ("x = 'abc\ny", "name op badstring newline name"),
        ('"""abc', "badstring"),
        ("a && b", "name op op name"),
        ("x = $y ?", "name op error name error"),
        ("1.5e-3j 0x_ff 0b1", "number number number"),
        ("a <> b != c := d ... -> **=", "name op name op name op name op op op"),
        ("# all\r\nx", "comment newline name"),
        ("x = 1 \\\n  + 2", "name op number op number"),
    ],
)
def test_kinds(text: str, kinds: str) -> None:
    assert " ".join(token.kind for token in lex(text)) == kinds
