"""Ask a language model with several prompt variants at once, yield the answers as they complete, and read candidates.

The caller validates and ranks the completions, and stops the requests by leaving the context.
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
from quickfix_ls.context.material import material_of
from quickfix_ls.errors import ProviderError, UsageError
from quickfix_ls.index.index import Index, Region
from quickfix_ls.prompts import DEFAULT_VARIANTS, AcceptedFix, eligible, needs_of
from quickfix_ls.schema.tables import NO_SCHEMA, Schema
from quickfix_ls.settings import Settings
from quickfix_ls.tasks import background
from quickfix_ls.validation import validate
from quickfix_ls.validation.change import Change
from quickfix_ls.values import Candidate, Delta, Edit, Offer, Problem, Prompt, Usage

if TYPE_CHECKING:
    from anyio.streams.memory import MemoryObjectSendStream

logger = logging.getLogger(__name__)

Stream = Callable[[Prompt, float, str], AsyncGenerator[Delta, None]]
"""The type of `Gateway.stream`: takes a prompt, the time limit in seconds and the file's path; yields the answer."""

SOURCE = "model:"
"""The prefix of the sources of generated candidates; the variant's name follows."""

NO_USAGE = Usage()

_MAX_TITLE = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """The prompt variants to use, at most `k` of them in this order, and the optional material for the prompts."""

    variants: tuple[str, ...]
    k: int = 4
    tables: Schema = NO_SCHEMA
    examples: tuple[AcceptedFix, ...] = ()

    @classmethod
    def by(cls, settings: Settings) -> Wanted:
        """Read the variants and the database schema from the settings; an unreadable schema is logged and not used."""
        tables = NO_SCHEMA
        if settings.schema_file:
            from quickfix_ls.schema.schema_file import read_schema_file

            try:
                tables = read_schema_file(settings.schema_file)
            except UsageError as error:
                logger.warning("%s", error)
        return cls(settings.variants or DEFAULT_VARIANTS, settings.k, tables)


class Models(Protocol):
    """A source of completions: a language model, or stored answers.

    `name` is the model's name; `wanted` are the variants to ask with; `always` is true if it is asked even if the
    search has a sure offer; `path` is the absolute path of the file that the questions are about.
    """

    @property
    def name(self) -> str: ...
    @property
    def wanted(self) -> Wanted: ...
    @property
    def always(self) -> bool: ...
    @property
    def path(self) -> str: ...

    def completions(self, question: ModelQuestion) -> AbstractAsyncContextManager[AsyncIterator[Completion]]:
        """Return a context manager whose value yields the answers as they complete, until the deadline.

        Leaving the context, also by cancellation, cancels the answers still under way.
        """


@dataclass(frozen=True, slots=True)
class Asking:
    """Models that send every question to a server, with `seconds` of wall time for each."""

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
    """The prompts about one problem in one region, each with its variant's name.

    `first` and `line` are the line numbers, from 1, of the region's first line and of the error, as the prompts state
    them.
    """

    region: Region
    problem: Problem
    prompts: tuple[tuple[str, Prompt], ...]
    first: int
    line: int
    path: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """The answer to one variant's prompt.

    `ended` is the reason why it ended, empty if it was cut off; `error` says why there is no answer. `first_token` and
    `seconds` are the seconds from the request to the first piece and to the end; `first` and `line` are those of its
    question.
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
    """Return the prompts about a problem; None if the region is too long to be sent, or no variant has its material."""
    needs = needs_of(wanted.variants)
    material = material_of(index, region, problem, needs, wanted.tables, wanted.examples)
    if material is None:
        return None
    variants = islice(eligible(wanted.variants, material), wanted.k)
    prompts = tuple((variant.name, variant.prompt(material)) for variant in variants)
    return ModelQuestion(region, problem, prompts, material.first, material.line, path) if prompts else None


@asynccontextmanager
async def completions(
    question: ModelQuestion, stream: Stream, seconds: float
) -> AsyncIterator[AsyncIterator[Completion]]:
    """Send all prompts of a question at once; the context's value yields each answer as soon as it is complete.

    When the context is left, by its end or by cancellation, the answers still under way are cancelled, and every stream
    is closed. A failure of one answer is reported in its completion's `error`, and does not affect the others.
    """
    send, receive = create_memory_object_stream[Completion](len(question.prompts))
    with receive:
        async with background() as tasks:
            with send:
                for name, prompt in question.prompts:
                    tasks.start_soon(_complete, question, name, prompt, stream, seconds, send.clone())
            yield receive


def candidate_of(completion: Completion, index: Index, context: Context) -> tuple[Candidate | None, Reply]:
    """Read an answer; return its candidate (None if it can't be used) and the reply as it was read. Never raises."""
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
    """Ask with one prompt and send its completion to `completed`, with the error if it failed.

    Cancellation closes the stream and sends nothing.
    """
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
            # A bug in one variant must not lose the answers of the others.
            logger.exception("%s failed and was skipped", name)
            completion = replace(completion, error=f"{type(error).__name__}: {error}")
        completed.send_nowait(replace(completion, text="".join(pieces), seconds=time.perf_counter() - began))


def _title(region: Region, edits: Sequence[Edit]) -> str:
    """Return the title of a generated candidate: the first changed line, and the number of further ones."""
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
    line = shown[0] if len(shown[0]) <= _MAX_TITLE else shown[0][: _MAX_TITLE - 1] + "…"
    return f"Write `{line}`" + (f" (and {len(shown) - 1} more lines)" if len(shown) > 1 else "")


def is_by_model(offer: Offer) -> bool:
    """Return whether a language model proposed an offer, alone or besides others."""
    return any(source.startswith(SOURCE) for source in offer.sources)
