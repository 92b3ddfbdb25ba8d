"""Learns what the first answers about a document need and what takes too long to learn while the user waits: the names
that imported packages export, and the types of what may be misspelt."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from anyio import move_on_after

from quickfix_ls.problems import find_all
from quickfix_ls.values import Problem
from quickfix_ls.worker.open_documents import OpenDocument
from quickfix_ls.worker.type_lookup import TypeLookup

_MAX_DOUBTS = 8
"""Number of doubts whose types are asked for ahead: a question of the user waits for them."""


async def learn(document: OpenDocument, found: Sequence[Problem]) -> None:
    """Read the names that packages export, as far as the problems `found` need them and they aren't known yet.

    Cancellation ends the wait, but not the reading, which runs in a thread; the next call notices its result.
    """
    work = document.language.prepare(document.index, found)
    if work is not None:
        document.is_learnt = False
        await asyncio.to_thread(work)
    if not document.is_learnt:
        document.is_learnt = True
        document.forget_answers()


async def learn_in_time(document: OpenDocument, seconds: float) -> None:
    """Do the work of `learn` for a question that comes before the work ahead; wait at most `seconds`. Cancellable."""
    if not document.is_learnt:
        with move_on_after(seconds):
            await learn(document, find_all(document.index))


def ask_for_types(document: OpenDocument, types: TypeLookup | None) -> None:
    """Ask for the types of what may be misspelt in a document that was just opened.

    A type inference takes seconds to start and to read the project, and is quick from then on.
    """
    if types is None or document.has_asked_for_types:
        return
    document.has_asked_for_types = True
    doubts = types.evidence.suspected_in(document.index)[:_MAX_DOUBTS]
    if doubts and types.remembered(doubts) is None:
        types.ask(document.index, doubts)
