"""Judge a repaired program by the tests of its row."""

from __future__ import annotations

from quickfix_ls.training.exactness import is_well_formed
from quickfix_ls.training.execution import Run, run_tests
from quickfix_ls.training.rows import Behaviour, Row


def behaviour_of(row: Row, text: str | None) -> Behaviour | None:
    """Return the behaviour of a row's program after the repair `text`; None for a row without tests.

    If `text` is None (no repair), the error remains and the tests fail.
    """
    if row.tests is None:
        return None
    judged = run_tests(row.fixed, row.tests).status == "passed"
    if text is None:
        return Behaviour(False, False if judged else None)
    run = run_tests(text, row.tests)
    return Behaviour(is_gone(row, text, run), run.status == "passed" if judged else None)


def is_gone(row: Row, text: str, run: Run) -> bool:
    """Return whether the recorded error is gone: the text compiles, the run ends, and no test raises that error."""
    raised = run.error == "Crash" or run.status == "timeout" or run.raises(row.error_type, row.error)
    return is_well_formed(text) and not raised
