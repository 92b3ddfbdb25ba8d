"""Facts about the types of questions: which wait for others, how long they wait for an index, their empty answers."""

from __future__ import annotations

from quickfix_ls.worker.frames import (
    AskFixAll,
    AskFixKind,
    AskOffers,
    AskProblems,
    AskReasons,
    AskWhy,
    FoundProblems,
    Question,
)

BACKGROUND = (AskProblems, AskFixKind)
"""Questions whose work waits for the others'."""

_EMPTY_ANSWERS: dict[type, object] = {
    AskOffers: (),
    AskFixAll: ((), ()),
    AskFixKind: None,
    AskProblems: FoundProblems(),
    AskReasons: (),
    AskWhy: "",
}

_INDEX_SECONDS = 3.0
"""Time limit of the index of a document when the user asks for fixes in a document that was just opened."""


def empty_answer(question: Question) -> object:
    """Return the answer about a document that is not open, or can't be analysed."""
    return _EMPTY_ANSWERS[type(question)]


def index_seconds(question: Question) -> float:
    """Return how long a question may wait for the index of its document, in seconds.

    It is longer where the user asks, and the cursor has not just moved.
    """
    if isinstance(question, AskProblems):
        return 0.0
    is_invoked = isinstance(question, AskOffers) and question.invoked
    return max(question.seconds, _INDEX_SECONDS) if is_invoked else question.seconds
