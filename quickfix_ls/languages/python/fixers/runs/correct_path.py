"""Correct the path of a file that does not exist to the nearest one that the program found there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from rapidfuzz.distance import Indel

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.runs.facts import Facts
from quickfix_ls.values import Candidate, Edit, Span

_MIN_LIKENESS = 0.7
_MOST = 3
_MISSING = "FileNotFoundError: [Errno 2] No such file or directory: "


@fixer(
    handles=RUN,
    errors=("FileNotFoundError",),
    examples=[
        Example(
            "$0with open('data/raport.csv') as file:\n    pass\n",
            "with open('data/report.csv') as file:\n    pass\n",
            ("", "FileNotFoundError", f"{_MISSING}'data/raport.csv'"),
            Facts(names=("menu.txt", "report.csv"), missing="raport.csv"),
        )
    ],
)
def correct_path(context: Context) -> Iterator[Candidate]:
    facts, tree = context.problem.facts, file_tree_of(context)
    likeness = {name: Indel.normalized_similarity(facts.missing.lower(), name.lower()) for name in facts.names}
    near = sorted((name for name, like in likeness.items() if like >= _MIN_LIKENESS), key=lambda name: -likeness[name])
    if not facts.missing or facts.missing in facts.names:
        return
    for node in tree.near(ast.Constant):
        parts = node.value.replace("\\", "/").split("/") if isinstance(node.value, str) else []
        written = tree.source(node).rfind(facts.missing) if facts.missing in parts else -1
        if written < 0:
            continue
        start = tree.span(node).start + written
        for name in near[:_MOST]:
            edit = Edit(Span(start, start + len(facts.missing)), name)
            yield Candidate((edit,), f"Replace `{facts.missing}` with `{name}`, which is there", safety="needs-a-look")
        return
