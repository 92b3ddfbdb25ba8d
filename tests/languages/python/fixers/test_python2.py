"""A whole module of Python 2: one candidate makes all of a region valid, and the pipeline the whole file."""

from __future__ import annotations

import ast
import asyncio

import pytest

from quickfix_ls.context.build import build_context
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.fix_all import fix_all
from quickfix_ls.languages.python.fixers.python2.modernize_python2 import modernize_python2
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems.syntax_errors import syntax_problems
from quickfix_ls.values import apply_edits
from tests.kit import REPOSITORY
from tests.kit_python import PYTHON, python_index

MODULE = (REPOSITORY / "tests" / "data" / "python2_module.py.txt").read_text(encoding="utf-8")


def test_one_candidate_makes_the_module_valid() -> None:
    index = python_index(Snapshot.of(MODULE))
    problem = next(iter(syntax_problems(index)))
    context = build_context(index, index.region(0, len(index.cuts) - 1), problem)
    (candidate,) = modernize_python2.propose(context)
    after = apply_edits(MODULE, candidate.edits)
    ast.parse(after)
    for line in (
        'SEPARATOR = r"^--+$"',
        '        return "<Message " + repr(self.number) + ">"',
        "                code, message = error.args",
        "                raise Error(error).with_traceback(sys.exc_info()[2])",
        '                    print("skipped", name, ":", error, file=sys.stderr)',
        "        exec(code, names)",
        "    b, second = b_second",
        "    return max(pairs, key=lambda name_size: name_size[1])",
        '    print("Lists the messages of a directory,", end=" ")',
    ):
        assert line in after.splitlines()


@pytest.mark.parametrize("selector", ["first", "lightgbm"])
def test_fix_all_makes_the_module_valid(selector: str) -> None:
    pipeline = Pipeline.load(PYTHON, selector)
    index = python_index(Snapshot.of(MODULE))
    mended = asyncio.run(fix_all(pipeline, index, Budget(30), only_preferred=False))
    ast.parse(mended.snapshot.text)
    assert mended.left == ()
