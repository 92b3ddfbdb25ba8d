"""Changes made of two texts, for tests: the edits are the lines that differ, without what is equal at their ends."""

from __future__ import annotations

from difflib import SequenceMatcher

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.validation.change import Change
from quickfix_ls.values import Candidate, Edit, Problem, Span
from tests.kit_python import python_index


def edits_between(before: str, after: str) -> tuple[Edit, ...]:
    """The edits that lead from one text to the other."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    edits = []
    for tag, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        each = last - first == end - begin
        places = range(first, last) if each else [first]
        for place in places:
            stop, shown = (place + 1, new[begin + place - first]) if each else (last, "".join(new[begin:end]))
            was = "".join(old[place:stop])
            head, tail = common_ends(was, shown)
            edits.append(Edit(Span(starts[place] + head, starts[stop] - tail), shown[head : len(shown) - tail]))
    return tuple(edits)


def change_of(before: str, after: str, problem: Problem) -> Change:
    """The change from one text to the other, with the whole text as its region."""
    index = python_index(Snapshot.of(before))
    region = index.region(0, len(index.cuts) - 1)
    return Change(index, problem, Candidate(edits_between(before, after), "a change"), region, lex(region.text))
