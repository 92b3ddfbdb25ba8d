"""Fixers take any text: none raises, none proposes edits that overlap or leave the text, and all are deterministic."""

from __future__ import annotations

import pytest

from quickfix_ls.candidates import fixers_for
from quickfix_ls.candidates.fixers import Fixer, all_fixers
from quickfix_ls.context.build import build_context
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.problems import find_all
from quickfix_ls.values import apply_edits
from tests.kit_python import PYTHON, python_index

ODD = r""" ` `` ```|```x|raise|raise E,|raise ,|lambda (|lambda (,):|def f((|def f((a,|except E,|except* :|0777L|ur'
f'{|f'}|f"{x!r"|print >>|print >>,|print >>f,|exec x in|<<<<<<<|<<<<<<< a\n=======|>>>|In [1]:|1 x\n2 y|1\n2|/*|/* */ x
x ?|x ? a|x ? :|for (|for (i = 0;|switch|case|default:|import|import from|from . import|@ def|@:|f(a=1,|f(*|x := |:=
= 3|x + = |(x) =|f(a=1, a=1|}|{|} else {|if x {|->|a->|::|?.|=>|() =>|“|“”|‘’ “|elif|else|else x|finally:|try:|await|new
match x:\n  default:|async def|var|try:\n  x|print `|raise E, None, |def f(a=1, b|[a if b for|"" x "" """
TEXTS = sorted({text for line in ODD.split("\n") for text in line.replace("\\n", "\n").split("|")})


def check(text: str) -> None:
    index = python_index(Snapshot.of(text))
    for problem in find_all(index)[:2]:
        context = build_context(index, index.region(0, len(index.cuts) - 1), problem)
        for one in fixers_for(PYTHON, problem):
            found = list(one.propose(context))
            assert found == list(one.propose(context)), one.name
            for candidate in found:
                assert candidate.edits, one.name
                assert apply_edits(text, candidate.edits) != text, (one.name, candidate)


@pytest.mark.parametrize("text", TEXTS)
def test_odd_texts(text: str) -> None:
    for before in (text, f"{text}\n", f"def f():\n    {text}", f"x = {text}\ny = 1\n", f"{text} x\n"):
        check(before)


@pytest.mark.parametrize("fixer", all_fixers(PYTHON.fixers), ids=lambda one: one.name)
def test_beginnings_of_broken_texts(fixer: Fixer) -> None:
    for example in fixer.examples:
        for end in range(1, len(example.before), 6):
            check(example.before[:end])
