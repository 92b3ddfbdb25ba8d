"""String literals as embedded texts: Python itself tells what they are, before and after edits of their text."""

from __future__ import annotations

import ast
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quickfix_ls.documents.embedded_view import EmbeddedView, Segment
from quickfix_ls.languages.python.embedded.string_literals import Formatting, literal_at, segments_of
from quickfix_ls.values import Edit, Span, apply_edits

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")
"""Python warns of backslashes that escape nothing, which are part of what is tried."""

PREFIXES = st.sampled_from(["", "r", "R", "u", "f", "rf", "F"])
QUOTES = st.sampled_from(['"', "'", '"""', "'''"])
PIECES = [
    "a",
    "b ",
    "\\",
    "\\\\",
    "\\n",
    '"',
    "'",
    "\n",
    "\\\n",
    "{{",
    "}}",
    "{x}",
    "\\x41",
    "\\N{DIGIT ONE}",
    "\\d",
    "é",
]
BODIES = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)
TEXTS = st.lists(st.sampled_from(["a", " ", "\\", '"', "'", "\n", "{", "}", "é", "1", "n"]), max_size=4).map("".join)
FIELD = "FIELD"
TEMPLATE = re.compile(r"\{\{.*\}\}")


def value_of(source: str) -> str | None:
    """Return the text of a string literal, with FIELD for its fields; None for what is no literal."""
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError):
        return None
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        return tree.value
    if isinstance(tree, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else FIELD for part in tree.values)
        return "".join(str(part) for part in parts)
    return None


def view_of(source: str, formatting: Formatting = "") -> EmbeddedView | None:
    literal = literal_at(source, 0)
    if literal is None or literal.span.end != len(source):
        return None
    segments = segments_of(source, literal, formatting)
    if segments is None:
        return None
    filled = [one._replace(text=FIELD, kind="fixed") if one.is_hole else one for one in segments]
    return EmbeddedView("", source, [filled])


def shown(view: EmbeddedView, value: str) -> str:
    """Return the text of a view without the line end that its end has for itself."""
    return view.text if value.endswith("\n") or not value else view.text.removesuffix("\n")


@given(PREFIXES, QUOTES, BODIES)
def test_the_text_is_the_value_that_python_reads(prefix: str, quotes: str, body: str) -> None:
    source = f"{prefix}{quotes}{body}{quotes}"
    value = value_of(source)
    assume(value is not None and not TEMPLATE.search(value))
    assert value is not None
    view = view_of(source)
    if view is not None:
        assert shown(view, value) == value


@given(
    PREFIXES, QUOTES, BODIES, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4), TEXTS), min_size=1, max_size=3)
)
def test_edits_of_the_text_are_edits_of_the_literal(
    prefix: str, quotes: str, body: str, changes: list[tuple[int, int, str]]
) -> None:
    source = f"{prefix}{quotes}{body}{quotes}"
    value, view = value_of(source), view_of(source)
    assume(value and view is not None and not TEMPLATE.search(value))
    assert value is not None
    assert view is not None
    edits, position = [], 0
    for gap, length, text in changes:
        start = min(position + gap, len(value))
        position = min(start + length, len(value))
        edits.append(Edit(Span(start, position), text))
        position += 1
        if position > len(value):
            break
    mapped = view.map_edits(edits)
    if mapped is None:
        return
    after = apply_edits(source, mapped[""])
    assert value_of(after) == apply_edits(value, edits)
    # The quoting is kept.
    assert re.match(r"\w*(?:\"\"\"|'''|\"|')", after) is not None
    assert after.startswith(prefix + quotes)


@pytest.mark.parametrize(
    ("source", "shown_text", "formatting"),
    [
        ("'a %s b %% c'", "a FIELD b % c\n", "percent"),
        ("'a %(name)s'", "a FIELD\n", ""),
        ("\"x LIKE '%s%%'\"", "x LIKE '%s%%'\n", ""),
        ("'a {} {{b}} {c:>5}'", "a FIELD {b} FIELD\n", "format"),
        ("f'a {x!r:>{w}} {d[\"k\"]}'", "a FIELD FIELD\n", ""),
        ("'''a\nb'''", "a\nb\n", ""),
        ("'a\\\nb'", "ab\n", ""),
        ("'a {{ ds }} {b}'", "a FIELD {b}\n", ""),
        ("'\\t\\u00e9'", "\té\n", ""),
    ],
)
def test_what_is_formatted_later_is_a_field(source: str, shown_text: str, formatting: Formatting) -> None:
    view = view_of(source, formatting)
    assert view is not None
    assert view.text == shown_text


@pytest.mark.parametrize("source", ["b'a'", "'a", "'\\101'", "'a\\x4'", "f'{'", "'}'"])
def test_what_can_t_be_told_is_left_out(source: str) -> None:
    formatting: Formatting = "format" if source == "'}'" else ""
    assert view_of(source, formatting) is None


@pytest.mark.parametrize(
    ("source", "old", "new", "after"),
    [
        ('"a b"', "b", 'x"y', '"a x\\"y"'),
        ("'a b'", "b", "it's", "'a it\\'s'"),
        ("'''a b'''", "b", "it's", "'''a it's'''"),
        ("'''a b'''", "b", "b'", "'''a b\\''''"),
        ("f'a {x} b'", "b", "{1}", "f'a {x} {{1}}'"),
        ("'a b'", "b", "\\", "'a \\\\'"),
        ("'''a b'''", "b", "c\nd", "'''a c\nd'''"),
        ("'a b'", "b", "c\nd", None),
        ("r'a b'", "b", "\\", None),
        ("r'a b'", "b", "it's", None),
        ("r'a b'", "b", 'x"y', "r'a x\"y'"),
        ("'a\\tb'", "\t", " ", "'a b'"),
    ],
)
def test_new_text_is_written_as_the_literal_needs_it(source: str, old: str, new: str, after: str | None) -> None:
    view = view_of(source)
    assert view is not None
    start = view.text.index(old)
    mapped = view.map_edits([Edit(Span(start, start + len(old)), new)])
    assert (apply_edits(source, mapped[""]) if mapped is not None else None) == after


def test_segments_are_of_the_kinds_that_they_say() -> None:
    literal = literal_at("f'a\\n{x}'", 0)
    assert literal is not None
    segments = segments_of("f'a\\n{x}'", literal)
    assert segments is not None
    assert [(one.text, one.kind) for one in segments] == [("a", "exact"), ("\n", "escape"), ("{x}", "field")]
    assert isinstance(segments[0], Segment)
