"""`$/cancelRequest`: always answered, and the work really stops."""

from __future__ import annotations

import asyncio

import pytest
from lsprotocol import types

from tests.kit import Buffer, RawClient
from tests.lsp.long import LONG
from tests.lsp.session import Client, Page, bounded, error_of, start
from tests.pool import Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

REQUEST_CANCELLED = -32800


def cancel(client: Client, number: str) -> None:
    client.protocol.notify(types.CANCEL_REQUEST, types.CancelParams(number))


def ask(client: Client, page: Page, number: str) -> asyncio.Future[object]:
    sending = client.protocol.send_request_async(types.TEXT_DOCUMENT_CODE_ACTION, page.request(), number)
    return asyncio.ensure_future(sending)


async def test_cancelled_in_mid_work(client: Client) -> None:
    await start(client)
    short = Page(client, "print(lenn$0([]))\n", uri="untitled:short")
    await short.first()
    long = Page(client, LONG + "print(lenn$0([]))\n")
    asked = ask(client, long, "in mid-work")
    await asyncio.sleep(0)  # let the request go out before its cancellation
    cancel(client, "in mid-work")
    assert await error_of(asked) == REQUEST_CANCELLED
    assert short.after(await short.first()) == "print(len([]))\n"
    assert not [message for message in client.log_messages if message.type == types.MessageType.Error]


async def test_cancelled_before_the_worker_is_ready(client: Client) -> None:
    await start(client)
    page = Page(client, "print(lenn$0([]))\n")
    asked = ask(client, page, "early")
    await asyncio.sleep(0)  # let the request go out before its cancellation
    cancel(client, "early")
    assert await error_of(asked) == REQUEST_CANCELLED
    assert page.after(await page.first()) == "print(len([]))\n"


async def test_cancelled_when_it_was_answered_already(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, "print(lenn$0([]))\n")
    assert await bounded(ask(client, page, "done"))
    cancel(client, "done")
    cancel(client, "never asked")
    assert page.after(await page.first()) == "print(len([]))\n"
    assert client.messages == [] or "cancel" not in client.messages[-1].message.lower()


async def test_many_are_cancelled_and_all_are_answered(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, "print(lenn$0([]))\n")
    asked = [ask(client, page, f"number {number}") for number in range(50)]
    await asyncio.sleep(0)  # let the requests go out before their cancellations
    for number in range(0, 50, 2):
        cancel(client, f"number {number}")
    answers = await bounded(asyncio.gather(*asked, return_exceptions=True))
    codes = [getattr(answer, "code", 0) for answer in answers]
    assert codes[1::2] == [0] * 25
    assert set(codes[0::2]) <= {0, REQUEST_CANCELLED}


async def test_a_cancellation_that_comes_too_late_is_no_news() -> None:
    """Editors show what a server writes to stderr."""
    client = await RawClient.start(keeps_stderr=True)
    await client.initialize()
    await Buffer(client, "print(lenn([]))\n").actions(7)
    for identifier in (1, 2, "never sent"):
        client.notify("$/cancelRequest", {"id": identifier})
    assert await client.stop() == 0
    assert client.process.stderr is not None
    assert (await client.process.stderr.read()).decode() == ""
