"""The database as the judge of fixed queries, where the setting `explain` allows it: whether it prepares them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import Judge, Judges
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.placeholders import is_unknown
from quickfix_ls.schema.explain import explain
from quickfix_ls.values import Edit, apply_edits

_CHECK = "the database prepares it"
_WORD = re.compile(r"\w+")


def _judge(environment: object) -> Judge | None:
    assert isinstance(environment, SqlEnvironment)
    url = environment.explaining_url
    return Judge(_CHECK, partial(_accepts, url)) if url else None


JUDGES = Judges(_judge)


def _accepts(url: str, index: Index, edits: Sequence[Edit], seconds: float) -> bool | None:
    """Return whether a database prepares the statement that the edits change.

    A statement can have another error that the edits do not touch, so that the database rejects the fixed one too. The
    fix is wrong only if the database still says what it said before, or complains of a name that the edits write.
    """
    region = index.region(index.unit_at(min(edit.span.start for edit in edits)))
    if is_unknown(region.text):
        return None
    if not all(region.start <= edit.span.start and edit.span.end <= region.start + len(region.text) for edit in edits):
        return None
    found = explain(url, apply_edits(region.text, edits, region.start), seconds)
    if found.state != "rejected":
        return True if found.state == "accepted" else None
    written = {word.lower() for edit in edits for word in _WORD.findall(edit.text)}
    if written & {word.lower() for word in _WORD.findall(found.reason)}:
        return False
    before = explain(url, region.text, seconds)
    return False if before.state == "rejected" and before.reason == found.reason else None
