"""The commands that explain: why this fix, why nothing here, and what works in this installation.

`WHY` takes `{"id"}` of an offered action and returns `{"markdown", "reasons"}`, all of it and what ranking says alone;
`WHY_NOTHING` takes `{"uri", "position"}` and returns `{"markdown"}`; `DOCTOR` takes nothing and returns `{"text"}`.
Unknown arguments are answered with null.
"""

from __future__ import annotations

import asyncio
import platform
import sys
from typing import Any, cast

from lsprotocol import types

from quickfix_ls import __version__
from quickfix_ls.lsp.client_documents import ClientDocument, while_unchanged
from quickfix_ls.lsp.commands import named_by
from quickfix_ls.lsp.encode import span_in
from quickfix_ls.lsp.server_state import ServerState, ShownOffer
from quickfix_ls.worker.client import WorkerGone
from quickfix_ls.worker.frames import AskReasons, AskWhy

WHY = "quickfix-ls.why"
WHY_NOTHING = "quickfix-ls.whyNothing"
DOCTOR = "quickfix-ls.doctor"

SECONDS = 5.0
DOCTOR_SECONDS = 30.0
"""Time limits of the reasons for one place, and of the doctor, which starts a process and loads everything in it."""

_DOCTOR = """
import sys
sys.path[:] = sys.argv[1:]
from quickfix_ls.health import report
print(report(serving_only=True).text)
"""


async def why(ls: ServerState, *arguments: Any) -> dict[str, str] | None:
    """Return why an action was offered: what it does, who proposed it, what was checked, how sure it is.

    The reasons for its probability take longer to find than many a fix, so they are asked for here and not before.
    """
    shown = named_by(ls, arguments)
    if shown is None:
        return None
    try:
        asked = ls.worker.ask(AskWhy(shown.uri, shown.offer, SECONDS), 2 * SECONDS, str(ls.protocol.msg_id))
        reasons = cast(str | None, await asked) or ""
    except WorkerGone:
        reasons = ""
    return {"markdown": _told(shown, reasons), "reasons": reasons}


async def why_nothing(ls: ServerState, *arguments: Any) -> dict[str, str] | None:
    """Return why nothing, or only this, is offered at a position of a document. Cancellation stops the work.

    Raises JsonRpcContentModified when the text changes meanwhile.
    """
    place = arguments[0] if arguments else None
    if not isinstance(place, dict) or not isinstance(place.get("uri"), str):
        return None
    uri, document = place["uri"], ls.document_of(place["uri"])
    if document is None:
        return {"markdown": "This document is not known to the server: the editor has not opened it as a Python file."}
    if document.unsupported:
        return {"markdown": f"This document is left alone: {document.unsupported}."}
    try:
        position = types.Position(int(place["position"]["line"]), int(place["position"]["character"]))
    except (LookupError, TypeError, ValueError):
        return None
    span = span_in(document, uri, types.Range(position, position), ls.client.encoding)
    if span is None:
        return {"markdown": "This place is no Python code: only code cells are looked at, without their magics."}
    line = document.snapshot.line_span(document.snapshot.line_at(span.start))
    reported = tuple(one for one in document.reported_elsewhere if one.span.touches(line))
    question = AskReasons(document.uri, span, reported, SECONDS)
    return {"markdown": "\n\n".join(await _reasons(ls, document, question))}


async def doctor(ls: ServerState, *arguments: Any) -> dict[str, str]:
    """Return what works in this installation, what is missing, and the cure. Cancellation ends its process."""
    head = [
        f"quickfix-ls {__version__}, Python {platform.python_version()} at {sys.executable}",
        f"worker: {'ready' if ls.worker.is_ready else 'not ready'}; open documents: {len(ls.documents)}; "
        f"workspace folders: {', '.join(ls.folders) or 'none'}",
        f"language model: {ls.settings.provider.kind if ls.settings.provider else 'none is asked'}",
    ]
    return {"text": "\n".join([*head, "", await _checked()])}


async def _reasons(ls: ServerState, document: ClientDocument, question: AskReasons) -> tuple[str, ...]:
    try:
        asked = ls.worker.ask(question, question.seconds + SECONDS, str(ls.protocol.msg_id))
        answer = await while_unchanged(document, asked)
    except WorkerGone as error:
        return (f"The analysis could not answer: {error}.",)
    return cast(tuple[str, ...], answer) or ("The analysis could not answer in time; ask again.",)


async def _checked() -> str:
    """Return the results of all checks, which run in a process of their own: they import everything."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _DOCTOR,
        *sys.path,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), DOCTOR_SECONDS)
    except asyncio.TimeoutError:
        return f"The checks took longer than {DOCTOR_SECONDS:g} s and were ended."
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return output.decode(errors="replace").strip()


def _told(shown: ShownOffer, reasons: str) -> str:
    """Return the explanation of an offer in Markdown."""
    offer = shown.offer
    proposers = ", ".join(f"`{source}`" for source in dict.fromkeys((offer.candidate.source, *offer.sources)))
    sure = "It can be applied without review." if offer.preferred else "Look at it before you accept it."
    paragraphs = [
        f"**{offer.candidate.title}**",
        f"For `{offer.problem.code}`: {offer.problem.message}",
        f"Proposed by {proposers}" + (f", written by the language model {offer.model}." if offer.model else "."),
        f"Checked: {', '.join(offer.verdict.checks)}." if offer.verdict.checks else "",
        f"Probability that you would make exactly this change: {100 * offer.probability:.0f} %. {sure}",
        f"Reasons: {reasons}" if reasons else "",
    ]
    return "\n\n".join(filter(None, paragraphs))
