"""Measure the size of a change: its edits, and the tokens and characters that it adds and removes."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.ranking.measures import Changed, bucket, token_class


def edit_measures(changed: Changed) -> dict[str, float]:
    """Return the features of the size of a change."""
    change = changed.change
    text, start = change.before.text, change.before.start
    edits = change.inside or change.candidate.edits
    old = [text[max(0, edit.span.start - start) : max(0, edit.span.end - start)] for edit in edits]
    new = [edit.text for edit in edits]
    pairs = [_differing(changed.group.context.lexis, o, n) for o, n in zip(old, new, strict=True)]
    removed = [token for gone, _ in pairs for token in gone]
    added = [token for _, come in pairs for token in come]
    moved = [(o, n) for o, n in zip(old, new, strict=True) if not o.strip() and not n.strip() and o != n]
    first, last = change.touched
    shift = len(change.after.text) - len(text)
    return {
        "edits": len(edits),
        "tokens_added": len(added),
        "tokens_removed": len(removed),
        "chars_added": sum(len("".join(n.split())) for n in new),
        "chars_removed": sum(len("".join(o.split())) for o in old),
        "lines_moved": len(moved),
        "columns_moved": len(moved[0][1].expandtabs()) - len(moved[0][0].expandtabs()) if moved else 0,
        "added": bucket(token_class(added, 0)),
        "removed": bucket(token_class(removed, 0)),
        "similarity": Indel.normalized_similarity(text[first:last], change.after.text[first : last + shift]),
    }


def _differing(lexis: Lexis, old: str, new: str) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return the removed and the added tokens of an edit, without equal ones at both ends."""
    gone, come = lexis.lex(old), lexis.lex(new)
    head, tail = common_ends([token.text for token in gone], [token.text for token in come])
    return gone[head : len(gone) - tail], come[head : len(come) - tail]
