"""The first request of a session, sent before anything is loaded, gets the same answer as the next one."""

from __future__ import annotations

import pytest

from tests.kit import Buffer, RawClient

pytestmark = pytest.mark.asyncio(loop_scope="session")

CASES = {
    "syntax": ("def f(x)\n    return x\n", "(x)", "Add `:` after `def f(x)`"),
    "a name of the text": ("length = 2\nprint(lenght)\n", "lenght", "Replace `lenght` with `length`"),
    "a module": ("def f(handle):\n    return json.load(handle)\n", "json", "Import `json`"),
    # Only the sources of the installed package tell where this name is defined.
    "a package's name": (
        "import pytest_lsp\n\nclient = LanguageClient()\n",
        "LanguageClient",
        "Replace `LanguageClient` with `pytest_lsp.LanguageClient`",
    ),
}


@pytest.mark.parametrize("case", CASES)
async def test_the_first_answer_is_the_second(case: str) -> None:
    text, broken, title = CASES[case]
    client = await RawClient.begin()
    page = Buffer(client, text)
    first = await page.actions(text.index(broken))
    second = await page.actions(text.index(broken))
    await client.end()
    titles = [action["title"] for action in first]
    assert titles == [action["title"] for action in second]
    assert titles[0] == title
