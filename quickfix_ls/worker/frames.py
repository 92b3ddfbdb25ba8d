"""What the server and its worker say to each other: one pickled message a frame, its length in front.

Pickle, since both ends are the same program and the pipe is theirs alone; named tuples, since the server
pays for these classes at its start, and a dataclass takes ten times as long to make. Offsets are code
points; a revision counts the changes of a document's text and, unlike an editor's version, is never missing.
"""

from __future__ import annotations

import pickle
import struct
from typing import BinaryIO, NamedTuple

from quickfix_ls.languages import EXPECTED
from quickfix_ls.values import Edit, Offer, Reported, Span

HEADER = struct.Struct("<I")


class Configure(NamedTuple):
    """Which model and folders to work with; answered by `Ready`. `editor` are the settings as the editor sent them,
    the last the strongest: what holds for a document, its configuration files say too. `trace` makes the log tell
    every stage of every answer."""

    selector: str
    roots: tuple[str, ...]
    editor: tuple[object, ...] = ()
    trace: bool = False


class Open(NamedTuple):
    """`path` is where the document lies on this machine; empty for one that is not a file. `notebook`: it is the text
    of a notebook's code cells, of which all but the first begin at `seams`."""

    uri: str
    revision: int
    text: str
    path: str = ""
    language: str = EXPECTED
    notebook: bool = False
    seams: tuple[int, ...] = ()


class ChangeText(NamedTuple):
    """The edits of one change, each in coordinates of the text after the one before. For a notebook it is one edit, and
    `seams` are those of the text after it."""

    uri: str
    revision: int
    edits: tuple[Edit, ...]
    seams: tuple[int, ...] | None = None


class Close(NamedTuple):
    uri: str


class AskOffers(NamedTuple):
    """The problems at `span` with their offers. Answer: tuple of (Problem, tuple of Offer), nearest first.

    `deadline` is how many seconds a model may take, the deterministic search included; 0 where none may be asked, so
    that only what it wrote before counts. `checking` is the same for the user's checkers. `explain`: say why each offer
    has its probability."""

    uri: str
    span: Span
    reported: tuple[Reported, ...]
    seconds: float
    limit: int
    deadline: float = 0.0
    checking: float = 0.0
    explain: bool = False
    inferring: float = 0.0

    @property
    def patience(self) -> float:
        """How many seconds the answer may take, whoever is asked for it."""
        return max(self.seconds + self.inferring, self.deadline, self.checking)


class AskFixAll(NamedTuple):
    """Every safe fix at once; where there are spans in `within`, only of problems in them, by edits in them. Answer:
    (tuple of Edit, tuple of Offer)."""

    uri: str
    seconds: float
    within: tuple[Span, ...] = ()


class AskFixKind(NamedTuple):
    """The fixes that may be applied blind of all problems like one at once, where there are `least` or more. `offer`
    is the one for that problem. Answer: Offer, whose candidate holds the edits of all; or None."""

    uri: str
    offer: Offer
    seconds: float
    least: int


class AskProblems(NamedTuple):
    """Every problem of a document, worked out in the background. Answer: tuple of Problem."""

    uri: str


Question = AskOffers | AskFixAll | AskFixKind | AskProblems


class Ask(NamedTuple):
    """`label` is how the log calls the request that the question belongs to."""

    id: int
    question: Question
    label: str = ""


class Cancel(NamedTuple):
    id: int


class Ready(NamedTuple):
    """The worker can answer; `notice` is what the user should know (a model that could not be used), or empty."""

    seconds: float
    notice: str = ""


class Answer(NamedTuple):
    id: int
    value: object


class Failed(NamedTuple):
    """A question that could not be answered; `reason` is fit for a log, empty when the question was cancelled."""

    id: int
    reason: str = ""


class Late(NamedTuple):
    """A model has answered after the deadline: who asks about the document again finds more."""

    uri: str


ToWorker = Configure | Open | ChangeText | Close | Ask | Cancel
ToServer = Ready | Answer | Failed | Late


def pack(message: ToWorker | ToServer) -> bytes:
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(body)) + body


def unpack(body: bytes) -> ToServer:
    """What the worker says."""
    message: ToServer = pickle.loads(body)
    return message


def read_frame(stream: BinaryIO) -> ToWorker | None:
    """What the server says next; None when it has closed its end."""
    head = stream.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    (size,) = HEADER.unpack(head)
    body = stream.read(size)
    if len(body) < size:
        return None
    message: ToWorker = pickle.loads(body)
    return message
