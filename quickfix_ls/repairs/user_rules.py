"""What the user's rules let through, whoever proposes it."""

from __future__ import annotations

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.problems.switches import is_off
from quickfix_ls.refused_changes import key_of
from quickfix_ls.settings import Rules
from quickfix_ls.values import Offer


def is_allowed(rules: Rules, path: str, snapshot: Snapshot, offer: Offer) -> bool:
    """Whether an offer for the file at `path` may be made: it changes no line that is switched off, is none that was
    refused for ever, and is the wanted fixer's where only one is wanted."""
    edits, source = offer.candidate.edits, offer.candidate.source
    # One step may have many proposers; of several, each must be the wanted one's.
    proposers = (source,) if "+" in source else (source, *offer.sources)
    if rules.only_fixer and f"fixer:{rules.only_fixer}" not in proposers:
        return False
    if any(is_off(snapshot, edit.span) for edit in edits):
        return False
    return not rules.never or key_of(path, snapshot, offer.problem, edits) not in rules.never
