"""k ways to ask a model at once: what is asked, the answers as they complete, and the candidate that each stands for.

Nothing is decided here: whoever takes the completions judges them, and stops asking by leaving the context.
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from anyio import create_memory_object_stream

from quickfix_ls.candidates.replies import Reply, ReplyRegion, read_reply
from quickfix_ls.context import Context
from quickfix_ls.context.database_tables import Tables, read_tables
from quickfix_ls.context.material import material_of
from quickfix_ls.errors import ProviderError, UsageError
from quickfix_ls.index.index import Index, Region
from quickfix_ls.prompts import DEFAULT_VARIANTS, AcceptedFix, eligible, needs_of
from quickfix_ls.settings import Settings
from quickfix_ls.tasks import background
from quickfix_ls.validation import validate
from quickfix_ls.validation.change import Change
from quickfix_ls.values import Candidate, Delta, Edit, Problem, Prompt, Usage

if TYPE_CHECKING:
    from anyio.streams.memory import MemoryObjectSendStream

logger = logging.getLogger(__name__)

Stream = Callable[[Prompt, float, str], AsyncGenerator[Delta, None]]
"""`Gateway.stream`: a prompt, the seconds for its answer and the file's path give the answer as it comes."""

SOURCE = "model:"
"""What the sources of generated candidates begin with; the variant's name follows."""

NO_USAGE = Usage()

_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which variants to ask, at most `k` of them in this order, and what there is beside the code to tell."""

    variants: tuple[str, ...]
    k: int = 4
    tables: Tables | None = None
    examples: tuple[AcceptedFix, ...] = ()

    @classmethod
    def by(cls, settings: Settings) -> Wanted:
        """What the settings want to be asked. A schema that can't be read is left out, and the log says so."""
        tables = None
        if settings.schema_file:
            try:
                tables = read_tables(settings.schema_file)
            except UsageError as error:
                logger.warning("%s", error)
        return cls(settings.variants or DEFAULT_VARIANTS, settings.k, tables)


class Models(Protocol):
    """A model to ask: its `name`; `wanted` with which variants, `always` or only where nothing else is sure; `path` is
    the absolute path of the file that questions are about."""

    @property
    def name(self) -> str: ...
    @property
    def wanted(self) -> Wanted: ...
    @property
    def always(self) -> bool: ...
    @property
    def path(self) -> str: ...

    def completions(self, question: ModelQuestion) -> AbstractAsyncContextManager[AsyncIterator[Completion]]:
        """A context with the answers as they complete, until the deadline. Leaving it stops what is still under way;
        so does cancellation."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Models that are asked anew each time, `seconds` for each question."""

    stream: Stream
    name: str
    wanted: Wanted
    seconds: float
    always: bool = False
    path: str = ""

    def completions(self, question: ModelQuestion) -> AbstractAsyncContextManager[AsyncIterator[Completion]]:
        return completions(question, self.stream, self.seconds)


@dataclass(frozen=True, slots=True)
class ModelQuestion:
    """What is asked about one problem in one region: a prompt for each variant, by its name. `first` and `line` are the
    numbers, from 1, of the region's first line and of the error's, as the prompts say them."""

    region: Region
    problem: Problem
    prompts: tuple[tuple[str, Prompt], ...]
    first: int
    line: int
    path: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """One variant's answer. `ended` is why it ended, empty where it was cut off; `error` says why there is none.

    `first_token` and `seconds` are the times to its first piece and to its end, from when it was asked; `first` and
    `line` are its question's.
    """

    variant: str
    text: str
    first: int
    line: int
    ended: str = ""
    error: str = ""
    usage: Usage = NO_USAGE
    first_token: float | None = None
    seconds: float = 0.0

    @property
    def complete(self) -> bool:
        return self.ended == "stop"


def question_of(index: Index, region: Region, problem: Problem, wanted: Wanted, path: str = "") -> ModelQuestion | None:
    """What to ask about a problem; None where the region is too long to be sent, or no variant has what it needs."""
    needs = needs_of(wanted.variants)
    material = material_of(index, region, problem, needs, wanted.tables, wanted.examples)
    if material is None:
        return None
    prompts = tuple((one.name, one.prompt(material)) for one in islice(eligible(wanted.variants, material), wanted.k))
    return ModelQuestion(region, problem, prompts, material.first, material.line, path) if prompts else None


@asynccontextmanager
async def completions(
    question: ModelQuestion, stream: Stream, seconds: float
) -> AsyncIterator[AsyncIterator[Completion]]:
    """A context with the answers to all prompts of a question, each as soon as it is complete, all asked at once.

    When the context is left, by its end or by cancellation, the answers that are still coming are cancelled, and every
    stream is closed. What goes wrong with one answer is in its completion's `error`, and stops no other.
    """
    send, receive = create_memory_object_stream[Completion](len(question.prompts))
    with receive:
        async with background() as tasks:
            with send:
                for name, prompt in question.prompts:
                    tasks.start_soon(_complete, question, name, prompt, stream, seconds, send.clone())
            yield receive


def candidate_of(completion: Completion, index: Index, context: Context) -> tuple[Candidate | None, Reply]:
    """The candidate that an answer stands for, None where it can't be used; and how it was read. Never raises."""
    region = context.region
    place = ReplyRegion(region.text, region.start, completion.first, completion.line, context.lexis)
    source = SOURCE + completion.variant

    def fits(edits: tuple[Edit, ...]) -> bool:
        change = Change(index, context.problem, Candidate(edits, "", source), region, context.tokens)
        return validate(change, "step", "repair").passed

    reply = read_reply(completion.text, place, fits, complete=completion.complete)
    if reply.refusal:
        return None, reply
    return Candidate(reply.edits, _title(region, reply.edits), source, "needs-a-look"), reply


async def _complete(
    question: ModelQuestion,
    name: str,
    prompt: Prompt,
    stream: Stream,
    seconds: float,
    completed: MemoryObjectSendStream[Completion],
) -> None:
    """Send one answer when it is complete, or why there is none. Cancellation closes the stream and sends nothing."""
    began = time.perf_counter()
    pieces: list[str] = []
    completion = Completion(name, "", question.first, question.line)
    with completed:
        try:
            async with aclosing(stream(prompt, seconds, question.path)) as deltas:
                async for delta in deltas:
                    if delta.text and completion.first_token is None:
                        completion = replace(completion, first_token=time.perf_counter() - began)
                    pieces.append(delta.text)
                    completion = replace(
                        completion, ended=delta.ended or completion.ended, usage=delta.usage or completion.usage
                    )
        except ProviderError as error:
            logger.info("%s: %s", name, error)
            completion = replace(completion, error=str(error))
        except Exception as error:
            # A bug in one way to ask must not lose the answers of the others.
            logger.exception("%s failed and was skipped", name)
            completion = replace(completion, error=f"{type(error).__name__}: {error}")
        completed.send_nowait(replace(completion, text="".join(pieces), seconds=time.perf_counter() - began))


def _title(region: Region, edits: Sequence[Edit]) -> str:
    """The line as it will be, or how many lines change."""
    text = region.text
    after, touched, shift = text, set[int](), 0
    for edit in sorted(edits):
        start, end = edit.span.start - region.start + shift, edit.span.end - region.start + shift
        after = after[:start] + edit.text + after[end:]
        first = after.count("\n", 0, start)
        touched.update(range(first, first + edit.text.count("\n") + 1))
        shift += edit.growth
    lines = after.split("\n")
    shown = [lines[index].strip() for index in sorted(touched) if index < len(lines) and lines[index].strip()]
    if not shown:
        return "Remove what stands in the way"
    line = shown[0] if len(shown[0]) <= _LONGEST_TITLE else shown[0][: _LONGEST_TITLE - 1] + "…"
    return f"Write `{line}`" + (f" (and {len(shown) - 1} more lines)" if len(shown) > 1 else "")
