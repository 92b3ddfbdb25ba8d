"""Confirm that the reported error is gone, if it is one that the language's parser reports."""

from __future__ import annotations

from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change

COST = 2
STAGE = "repair"


def check(change: Change) -> str:
    return "the error is gone" if kind_of(change.problem).proof == "parser" else ""
