"""The messages between the server and its worker, as frames: a pickled message with its length in front.

Pickle is safe here, since both ends are the same program and the pipe is private. The messages are named tuples, since
creating a dataclass takes ten times as long and delays the server's start. Offsets are in code points. A revision
counts the changes of a document's text and, unlike an editor's version, is never missing.
"""

from __future__ import annotations

import pickle
import struct
from typing import Any, BinaryIO, NamedTuple

from quickfix_ls.languages import EXPECTED
from quickfix_ls.values import Edit, Offer, Problem, ProblemKind, Reported, Span

HEADER = struct.Struct("<I")


class Configure(NamedTuple):
    """Sets the ranking model (`selector`), the workspace folders (`roots`) and the settings; answered by `Ready`.

    `editor` are the settings that the editor sent, the strongest last; a document's settings are these and those of its
    configuration files. `trace` logs every stage of every answer; `editor_models` tells that the editor can be asked
    for language models.
    """

    selector: str
    roots: tuple[str, ...]
    editor: tuple[object, ...] = ()
    trace: bool = False
    editor_models: bool = False


class Open(NamedTuple):
    """Opens a document. `path` is its path on this machine, empty if it is not a file. If `notebook`, the text consists
    of a notebook's code cells; `seams` are the offsets where all cells but the first begin."""

    uri: str
    revision: int
    text: str
    path: str = ""
    language: str = EXPECTED
    notebook: bool = False
    seams: tuple[int, ...] = ()


class ChangeText(NamedTuple):
    """Edits a document. Each edit's span is in the text after the edit before it. A notebook has only one edit, and
    `seams` are those of the text after it."""

    uri: str
    revision: int
    edits: tuple[Edit, ...]
    seams: tuple[int, ...] | None = None


class Close(NamedTuple):
    """Closes a document."""

    uri: str


class AskOffers(NamedTuple):
    """Asks for the problems at `span` with their offers. Answer: tuple of (Problem, tuple of Offer), nearest first.

    All limits are in seconds: `seconds` of the search without a model; `deadline` of a model, this search included (0:
    only its cached answers); `checking` of the user's checkers (0: only cached diagnostics); `inferring` of the wait
    for types. `limit` is the number of offers for each problem; `invoked`: the user asks, the cursor did not just move.
    """

    uri: str
    span: Span
    reported: tuple[Reported, ...]
    seconds: float
    limit: int
    deadline: float = 0.0
    checking: float = 0.0
    invoked: bool = False
    inferring: float = 0.0

    @property
    def patience(self) -> float:
        """The largest of the time limits, in seconds."""
        return max(self.seconds + self.inferring, self.deadline, self.checking)


class AskFixAll(NamedTuple):
    """Asks for all safe fixes; with spans in `within`, only for problems and edits in them.

    `seconds` limit the whole. Answer: (tuple of Edit, tuple of Offer), those that were found in time; before it come
    messages `Progress`.
    """

    uri: str
    seconds: float
    within: tuple[Span, ...] = ()


class AskFixKind(NamedTuple):
    """Asks for one offer that fixes all problems like that of `offer`. Answer: Offer, whose candidate has the edits of
    all; None if it would fix fewer than `min_problems`, or is not known within `seconds`: then the search goes on in
    the background, and `Late` tells when the answer is there."""

    uri: str
    offer: Offer
    seconds: float
    min_problems: int


class AskProblems(NamedTuple):
    """Asks for all problems of a document, found in the background, and which of them other tools report too, whose
    diagnostics are `reported`. Answer: FoundProblems."""

    uri: str
    reported: tuple[Reported, ...] = ()


class FoundProblems(NamedTuple):
    """The problems of a document; those that tools whose diagnostics we can read report `elsewhere`; the `kinds` of the
    errors that these tools report."""

    problems: tuple[Problem, ...] = ()
    elsewhere: frozenset[Problem] = frozenset()
    kinds: frozenset[ProblemKind] = frozenset()


class AskReasons(NamedTuple):
    """Asks why something is offered at `span`, or nothing; `reported` are the diagnostics there. Answer: tuple of str,
    in Markdown, a paragraph each."""

    uri: str
    span: Span
    reported: tuple[Reported, ...]
    seconds: float


class AskWhy(NamedTuple):
    """Asks for the reasons for the probability of `offer`. Answer: str; empty where the selector knows none."""

    uri: str
    offer: Offer
    seconds: float


Question = AskOffers | AskFixAll | AskFixKind | AskProblems | AskReasons | AskWhy


class Ask(NamedTuple):
    """Asks a question; `label` identifies the request it belongs to in the log."""

    id: int
    question: Question
    label: str = ""


class Cancel(NamedTuple):
    """Cancels a question."""

    id: int


class AskModel(NamedTuple):
    """Asks the server to ask the client for its language model: the `params` of `quickfix-ls/languageModel`."""

    id: int
    params: dict[str, Any]


class CancelModel(NamedTuple):
    """Cancels a request to the client's language model; the answer is not waited for."""

    id: int


class ModelAnswer(NamedTuple):
    """The client's answer to `AskModel`: its `result`, or the `error` if there is none."""

    id: int
    result: dict[str, Any]
    error: str = ""


class Ready(NamedTuple):
    """The worker can answer, after loading for `seconds`; `notice` is a message for the user (a model could not be
    used), or empty."""

    seconds: float
    notice: str = ""


class Answer(NamedTuple):
    """Answers a question."""

    id: int
    value: object


class Failed(NamedTuple):
    """A question could not be answered; `reason` is for the log, empty if the question was cancelled."""

    id: int
    reason: str = ""


class Progress(NamedTuple):
    """A question is being answered: `done` of `total` problems are fixed."""

    id: int
    done: int
    total: int


class Spending(NamedTuple):
    """The language `model` that the session's settings name (empty: none is asked), the tokens that paid models took
    today, and the limit; None for a model that costs nothing, and where there is no limit. Sent after a configuration
    and when the figures have changed."""

    model: str = ""
    tokens_today: int | None = None
    tokens_limit: int | None = None


class Late(NamedTuple):
    """Better answers about a document exist now, since a model, the types or a long search answered after the
    deadline."""

    uri: str


class Outdated(NamedTuple):
    """The problems of a document may be others now, though its text is the same: what it depends on has changed, such
    as the schema of its database."""

    uri: str


ToWorker = Configure | Open | ChangeText | Close | Ask | Cancel | ModelAnswer
ToServer = Ready | Answer | Failed | Progress | Late | Outdated | Spending | AskModel | CancelModel


def pack(message: ToWorker | ToServer) -> bytes:
    """Return a message as a frame."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(body)) + body


def unpack(body: bytes) -> ToServer:
    """Return the worker's message from the body of a frame."""
    message: ToServer = pickle.loads(body)
    return message


def read_frame(stream: BinaryIO) -> ToWorker | None:
    """Read the server's next message; None if the stream has ended."""
    head = stream.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    (size,) = HEADER.unpack(head)
    body = stream.read(size)
    if len(body) < size:
        return None
    message: ToWorker = pickle.loads(body)
    return message
