"""The action that fixes all problems of one kind: when it is there, and what it changes."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp.session import CONTENT_MODIFIED, Client, Page, capabilities, edits_of, error_of
from tests.pool import Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

Automatic, Invoked = types.CodeActionTriggerKind.Automatic, types.CodeActionTriggerKind.Invoked
NO_COLON = "def twice(x)$0\n    return 2 * x\n"
FAR = "\n" + "x = 1\n\n" * 60 + "\n"
"""Enough that a repair does not reach over it."""

THREE = FAR.join(f"def {name}(x){'$0' * (name == 'one')}\n    return x\n" for name in ("one", "two", "three"))
THREE += FAR + "print(lenn([]))\n"


def of_kind(actions: list[types.CodeAction]) -> list[types.CodeAction]:
    return [action for action in actions if "of this kind" in action.title]


async def test_all_problems_of_a_kind_are_one_more_action(serve: Serve[Client]) -> None:
    client = await serve(capabilities(resolves=True))
    page = Page(client, THREE)
    actions = await page.actions(only=["quickfix"])
    (action,) = of_kind(actions)
    assert actions[-1] is action
    assert action.title == "Fix all 3 problems of this kind in this file"
    assert (action.kind, action.is_preferred, action.edit) == ("quickfix", None, None)
    resolved = await client.code_action_resolve_async(action)
    assert page.after(resolved) == THREE.replace("$0", "").replace("(x)\n", "(x):\n")
    page.change(0, 0, "\n")
    assert await error_of(client.code_action_resolve_async(action)) == CONTENT_MODIFIED


async def test_all_of_a_kind_at_once_where_the_client_does_not_resolve(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, THREE)
    (action,) = of_kind(await page.actions())
    assert page.after(action) == THREE.replace("$0", "").replace("(x)\n", "(x):\n")


async def test_a_translation_is_offered_for_all_though_none_may_be_applied_blind(serve: Serve[Client]) -> None:
    client = await serve()
    text = FAR.join(f"def {name}(x):\n    print 'a', x{'$0' * (name == 'one')}\n" for name in ("one", "two", "three"))
    page = Page(client, text)
    (action,) = of_kind(await page.actions())
    assert action.is_preferred is None
    assert page.after(action) == text.replace("$0", "").replace("print 'a', x", "print('a', x)")


@pytest.mark.parametrize(
    ("text", "trigger"),
    [(THREE, Automatic), (NO_COLON, Invoked)],
    ids=["the cursor moved", "one"],
)
async def test_all_of_a_kind_only_for_several_and_who_asks(
    serve: Serve[Client], text: str, trigger: types.CodeActionTriggerKind
) -> None:
    client = await serve()
    actions = await Page(client, text).actions(trigger=trigger)
    assert actions
    assert of_kind(actions) == []


NEAR = [
    ("def a(x)$0\n    return x\n\n\ndef b(x)\n    return x\n", "def a(x)", "def a(x):"),
    ("def a(x)\n    return x\ndef b(x)$0\n    return x\n", "def b(x)", "def b(x):"),
    ("if a$0\n    b = 1\nfor c in d\n    e = 2\nwhile True\n    f = 3\n", "if a", "if a:"),
    ("def f():\n    if a$0\n        b = 1\n    for c in d\n        e = 2\n", "if a", "if a:"),
    ("if a:\n    b = 1\nelse$0\n    b = 2\nif c\n    d = 1\n", "else", "else:"),
    ("print 'a'$0\nprint 'b'\nx = 1\nprint 'c'\n", "print 'a'", "print('a')"),
]


@pytest.mark.parametrize(("text", "old", "new"), NEAR)
async def test_the_first_action_mends_the_problem_at_the_cursor_alone(
    serve: Serve[Client], text: str, old: str, new: str
) -> None:
    client = await serve()
    page = Page(client, text)
    actions = await page.actions(only=["quickfix"])
    plain = text.replace("$0", "")
    assert page.after(actions[0]) == plain.replace(old, new), [action.title for action in actions]
    below = [action for action in actions[1:] if len(edits_of(action.edit, page.uri)) > 1]
    assert below, "no entry mends the others too"
    assert not any(action.is_preferred for action in below)
