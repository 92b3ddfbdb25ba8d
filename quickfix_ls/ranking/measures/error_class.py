"""Measure the error that is left after a change, and classify errors by their messages without names and numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.ranking.measures import Changed, bucket
from quickfix_ls.values import Problem


def error_class(problem: Problem) -> str:
    """Return an error's code and message without names; different wordings of CPython 3.10 to 3.14 stay different."""
    return problem.code + _without_names(problem.message)


def fault_class(fault: SyntaxFault | None) -> str:
    """Return the message of a remaining error without names; an empty string if there is no error."""
    return _without_names(fault.message) if fault else ""


@lru_cache(maxsize=512)
def _without_names(message: str) -> str:
    return re.sub(r"'[^']*'|\d+", "_", message)


def error_measures(changed: Changed) -> dict[str, float]:
    """Return the features of the error that is left after a change."""
    change = changed.change
    fault, left = change.fault, fault_class(change.fault)
    if fault is None:
        return {"complete": 1, "error_after": bucket(left), "error_again": 0, "error_gap": -1}
    text = change.after.text
    edited = change.touched[1] + len(text) - len(change.before.text)
    first, last = sorted((min(max(edited, 0), len(text)), fault.span.start))
    return {
        "complete": 0,
        "error_after": bucket(left),
        "error_again": left == _without_names(change.problem.message),
        "error_gap": text.count("\n", first, last),
    }
