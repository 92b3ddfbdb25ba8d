"""Types through the server: what only jedi knows is offered where somebody asks, and kept for the cursor."""

from __future__ import annotations

from tests.kit import Buffer, RawClient

# Python's own analysis does not know what a path has, and `exist` is a word that code uses.
TEXT = """\
from pathlib import Path

print(Path("a").exist())
"""
INVOKED, AUTOMATIC = 1, 2
TRIES = 10
"""How often somebody asks again who got no answer in time."""


async def test_what_types_know_is_offered_where_somebody_asks() -> None:
    client = await RawClient.start()
    await client.initialize()
    page = Buffer(client, TEXT)
    place = TEXT.index("exist")
    asked = []
    for _ in range(TRIES):
        asked = asked or await page.actions(place, triggerKind=INVOKED)
    (moved, *_) = await page.actions(place, triggerKind=AUTOMATIC)
    await client.stop()
    assert page.applied(asked[0]["edit"]) == TEXT.replace("exist", "exists")
    assert "`exists` is an attribute, by its type" in asked[0]["data"]["detail"]
    assert moved["edit"] == asked[0]["edit"]
