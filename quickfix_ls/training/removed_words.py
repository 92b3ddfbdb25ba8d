"""The content that a person removed on the way from a broken text to the right one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.training.rows import Row
from quickfix_ls.training.subjects import subject
from quickfix_ls.validation.change import Change
from quickfix_ls.validation.content import Loss, removed_by
from quickfix_ls.values import Candidate, Edit, Problem, Span

_WORD = re.compile(r"\w+|[^\w\s]+")


def removed_between(row: Row, before: str) -> Counter[str]:
    """Count the words of content that a text on the way to a row's fixed text has, and that one lacks."""
    language, after = subject(row.lang).language, row.fixed
    index = language.index(Snapshot.of(before), row.environment)
    head, tail = common_ends(before, after)
    edit = Edit(Span(head, len(before) - tail), after[head : len(after) - tail])
    region = index.region(0, len(index.cuts) - 1)
    tokens = language.lexis.lex(region.text)
    problem = Problem(row.kind, "", "", Span(head, head))
    return words_of(removed_by(Change(index, problem, Candidate((edit,), ""), region, tokens)))


def words_of(losses: Iterable[Loss]) -> Counter[str]:
    """Count the words and signs of removed pieces, strays included."""
    return Counter(word for loss in losses for word in _WORD.findall(loss.text))
