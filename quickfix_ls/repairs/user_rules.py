"""Filter offers by the user's rules."""

from __future__ import annotations

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.problems.switches import is_off
from quickfix_ls.refused_changes import key_of
from quickfix_ls.settings import Rules
from quickfix_ls.values import Offer


def is_allowed(rules: Rules, path: str, snapshot: Snapshot, offer: Offer) -> bool:
    """Return whether the user's rules permit an offer for the file at `path`.

    It must change no line that a `# quickfix: off` comment switches off, must not be among the changes that the user
    refused for ever, and must come from `only_fixer` if that is set.
    """
    edits, source = offer.candidate.edits, offer.candidate.source
    # A single step may have other proposers too; of several steps (joined by "+"), each must be the wanted fixer's.
    proposers = (source,) if "+" in source else (source, *offer.sources)
    if rules.only_fixer and f"fixer:{rules.only_fixer}" not in proposers:
        return False
    if any(is_off(snapshot, edit.span) for edit in edits):
        return False
    return not rules.never or key_of(path, snapshot, offer.problem, edits) not in rules.never
