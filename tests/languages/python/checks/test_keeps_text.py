"""Text stays text: of strings that end too early, of comments, and of words without quotes."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.checks.keeps_text import check
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.problems import find_all
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Candidate, Edit, Span
from tests.kit_python import python_index


def change(before: str, old: str, new: str) -> Change:
    start = before.index(old)
    index = python_index(Snapshot.of(before))
    region = index.region(0, len(index.cuts) - 1)
    candidate = Candidate((Edit(Span(start, start + len(old)), new),), "a change")
    return Change(index, find_all(index)[0], candidate, region, lex(before))


@pytest.mark.parametrize(
    ("before", "old", "new"),
    [
        ("x = 'we're late'\n", "late'", "late"),
        ("x = 'we're late'\n", "re late'", "''"),
        ("x = 'D:\\data\\'\n", "\\'", "\\''"),
        ("say('rock 'n' roll')\n", "'n'", "''"),
        ("print(good luck to everybody)\n", "good ", ""),
        ("x = 1\n// double it twice\n", "// double it twice", "it"),
        ("x = a − b\n", "−", ","),
        ("x = a \\ b\n", " \\ b", ""),
        ("x = f'{a b}'\n", "f'{a b}'", ""),
    ],
)
def test_text_is_kept(before: str, old: str, new: str) -> None:
    with pytest.raises(Refused):
        check(change(before, old, new))


@pytest.mark.parametrize(
    ("before", "old", "new"),
    [
        ("x = 'we're late'\n", "'we're late'", '"we\'re late"'),
        ("x = 'we're late'\n", "we're", "we\\'re"),
        ("say('a' name 'b')\n", " name ", " + name + "),
        ("print(good luck to everybody)\n", "good luck to everybody", '"good luck to everybody"'),
        ("f(a b)\n", " b", ""),
        ("x = 1\n// double it twice\n", "//", "#"),
        ("x = a − b\n", "−", "-"),
        ("x = [lamda x: x + 1]\n", "lamda", "lambda"),
        ("x = 1 +\\ \n    2\n", "\\ ", "\\"),
    ],
)
def test_other_changes_pass(before: str, old: str, new: str) -> None:
    assert check(change(before, old, new)) == ""
