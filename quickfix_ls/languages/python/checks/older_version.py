"""Check, by parso, that the region parses as the older Python that the code is for, if it is older than the running
one: the compiler does not know all that older versions refuse."""

from __future__ import annotations

from dataclasses import replace

from quickfix_ls.languages.python.compile_check import HERE
from quickfix_ls.languages.python.facts import target_of
from quickfix_ls.languages.python.older_versions import new_errors
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Span

COST = 6
STAGE = "offer"


def check(change: Change) -> str:
    """Return which version it was checked for. Raises Refused for an error that the change brings in."""
    target = target_of(change.index.environment)
    if target >= HERE:
        return ""
    before, after = change.before, change.after
    shift = len(before.prefix) - before.start
    edits = [replace(edit, span=Span(edit.span.start + shift, edit.span.end + shift)) for edit in change.inside]
    name = f"Python {target[0]}.{target[1]}"
    for error in new_errors(
        before.prefix + before.text + before.suffix, after.prefix + after.text + after.suffix, edits, target
    ):
        raise Refused(f"{name} would not parse it: {error.message}")
    return f"parses as {name}"
