"""What a model costs beside its own time, from an editor's request to the answer, through the whole server.

python benchmarks/speed/generation.py [--requests N]

A scripted models' server answers at once, k = 4; a raw client asks. 1. Our own overhead: how much later the answer
comes than without a provider, on the same texts in turn (the scripted server's share is in it, and so are prompts,
redaction, HTTP, reading, validation and ranking of four answers). 2. Cancelling in mid-stream: from `$/cancelRequest`
to the last byte that the models' server could send, and to the end of its last stream. 3. A server that stalls for
ever, with a deadline of 2.5 s: the time to the answer, and whether it holds deterministic offers. 4. HTTP requests that
a cursor's movement makes.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.kit import Buffer, RawClient, ResponseError
from tests.kit_models import ModelServer, answers, is_endless, model_server, stalls

AUTOMATIC, INVOKED = 2, 1
DEADLINE = 2.5


def text_of(number: int) -> str:
    """A text that no deterministic fix is sure of, unlike all others."""
    return f"def positive_{number}(xs):\n    return [x for x in xs given x > {number}]\n\n\nlimit = {number}\n"


def reply_to(question: str) -> str:
    """What four ways to ask are answered with: the fix, the same in a fence, another one, and nothing of use."""
    line = next(line for line in question.splitlines() if "given" in line)
    fixed = line.replace("given", "if")
    if "Write the changed lines." in question and "senior" not in question:
        return f"{fixed}\nEND"
    if "senior" in question:
        return f"```python\n{fixed.partition('|')[2]}\n```"
    return "I am not sure." if "three short sentences" in question else line.replace("given", "for x in x if")


async def started(models: ModelServer | None, **settings: Any) -> RawClient:
    client = await RawClient.start()
    provider = models and models.provider
    await client.initialize(initializationOptions={"provider": provider, "deadlineSeconds": DEADLINE, **settings})
    return client


async def timed(client: RawClient, number: int) -> float:
    """Milliseconds to the answer about a text that was never seen before."""
    buffer = Buffer(client, text_of(number), f"file:///project/page_{number}.py")
    await client.notification("textDocument/publishDiagnostics", uri=buffer.uri)
    began = time.perf_counter()
    assert await buffer.actions(buffer.text.index("given"), triggerKind=INVOKED)
    return (time.perf_counter() - began) * 1000


async def overhead(requests: int) -> None:
    async with model_server(answers(reply_to)) as models:
        plain, asking = await started(None), await started(models, generateWhen="always", variants=VARIANTS)
        for number in range(5):
            await timed(plain, number), await timed(asking, number)
        asked = len(models.received)
        pairs = [(await timed(plain, n), await timed(asking, n)) for n in range(10, 10 + requests)]
        per_request = (len(models.received) - asked) / requests
        await plain.stop(), await asking.stop()
    more = sorted(with_model - without for without, with_model in pairs)
    print(f"without a model: {statistics.median(one for one, _ in pairs):.1f} ms at the median of {requests}")
    print(f"with k = {per_request:.0f}: {statistics.median(one for _, one in pairs):.1f} ms")
    print(f"our own overhead: median {statistics.median(more):.1f} ms, p95 {more[int(len(more) * 0.95)]:.1f} ms")


VARIANTS = ["plain", "system_senior", "chain_of_thought", "system_minimal"]


async def cancelling() -> None:
    bytes_after, closed_after = [], []
    for number in range(8):
        async with model_server(is_endless) as models:
            client = await started(models)
            buffer = Buffer(client, text_of(number))
            request, answer = buffer.send_actions(buffer.text.index("given"), triggerKind=INVOKED)
            await models.until(lambda models=models: models.open == 4)  # type: ignore[misc]
            client.notify("$/cancelRequest", {"id": request})
            began = time.perf_counter()
            await models.until(lambda models=models: models.open == 0)  # type: ignore[misc]
            closed_after.append((time.perf_counter() - began) * 1000)
            bytes_after.append((models.last_byte - began) * 1000)
            with suppress(ResponseError):
                await answer
            await client.stop()
    last, closed = max(bytes_after), max(closed_after)
    print(f"cancelled: last byte {last:.1f} ms later, all streams closed {closed:.1f} ms later (worst of 8)")


async def stalling() -> None:
    async with model_server(stalls) as models:
        client = await started(models)
        buffer = Buffer(client, text_of(1))
        await client.notification("textDocument/publishDiagnostics", uri=buffer.uri)
        began = time.perf_counter()
        actions = await buffer.actions(buffer.text.index("given"), triggerKind=INVOKED)
        seconds = time.perf_counter() - began
        await client.stop()
    print(f"a server that stalls: {len(actions)} deterministic offers after {seconds:.3f} s, deadline {DEADLINE} s")


async def moving() -> None:
    async with model_server(answers(reply_to)) as models:
        client = await started(models, generateWhen="always")
        buffer = Buffer(client, text_of(1))
        for offset in range(len(buffer.text)):
            await buffer.actions(offset, triggerKind=AUTOMATIC)
        await client.stop()
        print(f"{len(buffer.text)} movements of the cursor: {len(models.received)} HTTP requests")


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=40)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as state:
        os.environ["XDG_STATE_HOME"] = state
        await overhead(arguments.requests)
        await cancelling()
        await stalling()
        await moving()


if __name__ == "__main__":
    asyncio.run(main())
