"""`quickfix-ls never`: lists the changes that are never offered again, allows them again, or refuses an offer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from quickfix_ls import refused_changes
from quickfix_ls.commands.choices import Choices
from quickfix_ls.commands.disk import read_source
from quickfix_ls.commands.file_parts import parts_of_file
from quickfix_ls.commands.path_and_line import path_and_line
from quickfix_ls.commands.run import pipeline_for, roots_of
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.errors import UsageError
from quickfix_ls.languages.embedding import shown_offer
from quickfix_ls.pipeline import Budget
from quickfix_ls.problems import find_all
from quickfix_ls.values import Offer

_BUDGET = Budget(seconds=1.0, offers=10)


def list_refused() -> int:
    """Print every refused change with its key, path, problem, line and fix. Returns 0."""
    for entry in refused_changes.entries():
        print(f"{entry.key}  {entry.path}: {entry.problem}: {entry.line!r}: {entry.fix}")
    return 0


def allow(keys: Sequence[str]) -> int:
    """Allow changes again, by their keys or beginnings of keys. Returns 0, or 1 if a key matches no change."""
    removed = refused_changes.remove(keys)
    for entry in removed:
        print(f"may be offered again: {entry.path}: {entry.fix}")
    unknown = [key for key in keys if not any(entry.key.startswith(key) for entry in removed)]
    for key in unknown:
        print(f"nothing is refused under the key {key}; `quickfix-ls never list` shows the keys")
    return 1 if unknown else 0


def refuse(place: str, which: int = 1) -> int:
    """Never offer a fix at `place`, a string `PATH:LINE`, again; `which` is its number among the offers, from 1.

    Returns 0. Raises UsageError if there is no such offer, or the file can't be read.
    """
    path, line = path_and_line(place)
    source, choices = read_source(path), Choices()
    snapshot = Snapshot.of(source.text)
    offers: list[Offer] = []
    for part in parts_of_file(source.text, path, choices, roots_of([path])):
        pipeline = pipeline_for(part, choices)
        for problem in find_all(part.index):
            if any(snapshot.line_at(shown.span.start) == line - 1 for shown in part.shown([problem])):
                found = asyncio.run(pipeline.final_offers(part.index, problem, _BUDGET))
                offers += (shown for offer in found if (shown := shown_offer(part.view, offer)) is not None)
    if which > len(offers):
        raise UsageError(f"{place}: there is no offer number {which} here; {len(offers)} offered")
    chosen = offers[which - 1]
    title = chosen.candidate.title
    entry = refused_changes.entry_of(
        refused_changes.name_of(path), snapshot, chosen.problem, chosen.candidate.edits, title
    )
    refused_changes.add(entry)
    print(f"{entry.key}  {place}: never again: {title}")
    return 0
