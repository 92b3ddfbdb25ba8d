"""What is lexed anew after an edit, with what is kept, is what lexing the whole text would give."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.languages.python.lexis import LEXIS
from quickfix_ls.lexing.relex import LexedText
from quickfix_ls.lexing.tokens import Token

PIECES = [
    "a",
    " ",
    "    ",
    "\n",
    "\r\n",
    "\\\n",
    "'",
    '"',
    "'''",
    '"""',
    "(",
    ")",
    "#",
    "1",
    "if",
    ":",
    "=",
    "\\",
    "é",
    "?",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def whole_lines(text: str, first: int, last: int) -> tuple[int, int]:
    end = text.find("\n", last)
    return text.rfind("\n", 0, first) + 1, end if end >= 0 else len(text)


def rebuilt(lexed: LexedText, after: str, first: int, last: int) -> list[tuple[str, str, int]]:
    """All tokens of the edited text but line ends, made of those before the run, in it and behind it."""
    run = lexed.rewritten(after, first, last)
    shift = len(after) - len(lexed.text)
    start = run.before[0].start if run.before else run.start
    end = run.before[-1].end if run.before else run.start
    before = [token for token in lexed.tokens if token.start < min(start, run.start)]
    behind = [token for token in lexed.tokens if token.start >= end and token not in run.before]
    moved = [Token(t.kind, t.text, t.start + shift, t.end + shift) for t in behind]
    return [(t.kind, t.text, t.start) for t in [*before, *run.after, *moved] if t.kind != "newline"]


@settings(max_examples=600, deadline=None)
@given(TEXTS, st.data())
def test_same_as_lexing_all(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    after = text[:start] + data.draw(TEXTS) + text[end:]
    first, last = whole_lines(text, start, end)
    expected = [(t.kind, t.text, t.start) for t in lex(after) if t.kind != "newline"]
    assert rebuilt(LexedText(text, lex(text), LEXIS), after, first, last) == expected


def test_a_string_that_is_closed_now_may_run_over_a_comment() -> None:
    text, after = "x '\\\n#\\\n", "x '\\\n#\\\n'"
    expected = [(t.kind, t.text, t.start) for t in lex(after) if t.kind != "newline"]
    assert rebuilt(LexedText(text, lex(text), LEXIS), after, len(text), len(text)) == expected


@pytest.mark.parametrize(
    ("before", "after", "kept", "resumed"),
    [
        ("a\nb\nc\nd\n", "a\nb + 1\nc\nd\n", 1, 2),
        ("a\nb\nc\nd\n", "a\n'''b\nc\nd\n", 1, 4),
        ("a\n'''b\nc\nd'''\ne\n", "a\n'''b\nc + 1\nd'''\ne\n", 1, 2),
    ],
)
def test_how_much_is_lexed_anew(before: str, after: str, kept: int, resumed: int) -> None:
    differs = next(i for i, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
    run = LexedText(before, lex(before), LEXIS).rewritten(after, *whole_lines(before, differs, differs))
    assert (run.kept, run.resumed) == (kept, resumed)
