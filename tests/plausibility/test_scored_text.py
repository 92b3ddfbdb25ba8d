"""What an edit does to the plausibility of a text, from the lines that change, is what the whole texts say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.languages.python.lexis import LEXIS
from quickfix_ls.lexing.relex import LexedText
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.plausibility.scored_text import PlausibilityGain, ScoredText
from tests.kit_python import PLAUSIBILITY as MODEL
from tests.kit_python import PYTHON

TEXT = '''\
import os


def total(values, start=0):
    """Add
    them."""
    for value in values:
        if value > 0:
            start += f(value,
                       [1, 2])
    return start


print(total([1, 2], start=3))
'''
PIECES = ["\n", "    ", "(", ")", "[", "'", '"""', ":", ",", "return", "value", " ", "#", "="]


@pytest.fixture(scope="module")
def model() -> Plausibility:
    return Plausibility.load(PYTHON.tokenizer, MODEL)


def judged(model: Plausibility, after: str, start: int, end: int) -> PlausibilityGain:
    lexed = LexedText(TEXT, lex(TEXT), LEXIS)
    first = TEXT.rfind("\n", 0, start) + 1
    last = TEXT.find("\n", end)
    run = lexed.rewritten(after, first, last if last >= 0 else len(TEXT))
    return ScoredText(model, lexed).judge(run)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 12), st.lists(st.sampled_from(PIECES), max_size=4).map("".join))
def test_gain_is_that_of_the_whole_texts(model: Plausibility, start: int, length: int, new: str) -> None:
    end = min(len(TEXT), start + length)
    after = TEXT[:start] + new + TEXT[end:]
    whole = model.score(model.symbols(lex(after))) - model.score(model.symbols(lex(TEXT)))
    assert judged(model, after, start, end).gain == pytest.approx(whole, abs=1e-6)


def test_nothing_changes(model: Plausibility) -> None:
    same = judged(model, TEXT, 30, 30)
    assert same.gain == pytest.approx(0, abs=1e-9)
    assert same.changed_tokens == 0
    assert same.changed_bits == 0


def test_a_worse_line_is_told(model: Plausibility) -> None:
    at = TEXT.index("return start")
    after = TEXT[:at] + "return return" + TEXT[at + len("return start") :]
    worse = judged(model, after, at, at + len("return start"))
    assert worse.gain < 0
    assert worse.worst_bits < judged(model, TEXT, at, at).worst_bits
    assert worse.worst_bits <= worse.line_bits
