"""From a server's code actions to texts: edits that are there, that are resolved, and that a command asks for."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from typing import Any

from benchmarks.peers.places import Place, span_of
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.training.exactness import tokens_of
from quickfix_ls.values import Edit, apply_edits
from tests.kit import RawClient, ResponseError

Json = dict[str, Any]

ANSWER_SECONDS = 10.0
_EDIT_SECONDS = 1.0
"""How long the edit of a command is waited for once the command is answered; it mostly comes before."""


class Document:
    """A text that is open in a server. The one way to its fixes."""

    def __init__(self, client: RawClient, uri: str, text: str, *, resolves: bool) -> None:
        """`resolves` is whether the server completes actions on `codeAction/resolve`."""
        self._client = client
        self._uri = uri
        self._snapshot = Snapshot.of(text)
        self._resolves = resolves
        self.errors = 0
        """Requests that were answered with an error, and edits that can't be applied."""

    async def fixes(self, places: Sequence[Place]) -> AsyncGenerator[tuple[str, str], None]:
        """The title of each quick fix that changes code of this document, and the text after it, place by place; in
        each in the order of editors' menus. Equal texts come once. Raises ConnectionError where the server ends and
        TimeoutError where it does not answer."""
        seen = set()
        for place, diagnostics in places:
            for action in await self._actions(place, diagnostics):
                text = await self._mended(action)
                if text is not None and text not in seen:
                    seen.add(text)
                    yield str(action["title"]), text

    async def _actions(self, place: Json, diagnostics: Sequence[Json]) -> list[Json]:
        """Quick fixes and what states no kind. Those that name a diagnostic stand first, then those that are preferred:
        the order of Visual Studio Code."""
        context = {"diagnostics": list(diagnostics), "triggerKind": 1}
        asked = {"textDocument": {"uri": self._uri}, "range": place, "context": context}
        try:
            found = await request(self._client, "textDocument/codeAction", asked) or []
        except ResponseError:
            self.errors += 1
            return []
        quick = [one for one in found if str(one.get("kind") or "quickfix").split(".")[0] == "quickfix"]
        return sorted(quick, key=lambda one: (not one.get("diagnostics"), not one.get("isPreferred")))

    async def _mended(self, action: Json) -> str | None:
        """The text after a quick fix; None for those that change no code of the document."""
        try:
            edits = _edits(await self._edit(action), self._uri, self._snapshot)
            text = apply_edits(self._snapshot.text, edits)
        except (ResponseError, ValueError):
            self.errors += 1
            return None
        return None if _only_comments(self._snapshot.text, text) else text

    async def _edit(self, action: Json) -> Json:
        """The workspace edit of an action or of a bare command; empty where there is none. As editors do: complete the
        action if it has no edit, take its edit, and only without one run its command."""
        if isinstance(action.get("command"), str):
            return await self._executed(action)
        if "edit" not in action and self._resolves:
            action = await request(self._client, "codeAction/resolve", action)
        if action.get("edit"):
            return dict(action["edit"])
        return await self._executed(action["command"]) if action.get("command") else {}

    async def _executed(self, command: Json) -> Json:
        """What the server asks to apply when a command is run."""
        self._client.applied.clear()
        asked = {"command": command["command"], "arguments": command.get("arguments") or []}
        await request(self._client, "workspace/executeCommand", asked)
        with contextlib.suppress(TimeoutError, asyncio.TimeoutError):
            await asyncio.wait_for(self._client.until(lambda: bool(self._client.applied)), _EDIT_SECONDS)
        return dict(self._client.applied[0]) if self._client.applied else {}


async def request(client: RawClient, method: str, params: Any) -> Any:
    """The result of a request. Raises TimeoutError after `ANSWER_SECONDS`, ConnectionError where the server ends,
    ResponseError where it answers with one."""
    return await asyncio.wait_for(client.send(method, params)[1], ANSWER_SECONDS)


def _edits(edit: Json, uri: str, snapshot: Snapshot) -> list[Edit]:
    """The edits of one document, in either form of a workspace edit."""
    found = list((edit.get("changes") or {}).get(uri, ()))
    for change in edit.get("documentChanges") or ():
        if change.get("textDocument", {}).get("uri") == uri:
            found += change["edits"]
    return [Edit(span_of(one["range"], snapshot), one["newText"]) for one in found]


def _only_comments(before: str, after: str) -> bool:
    """Whether two texts are the same but for comments. Broken texts have no tokens to compare: there a line that only
    grew by a comment counts."""
    ours, theirs = tokens_of(before), tokens_of(after)
    if ours is not None or theirs is not None:
        return ours == theirs
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    changed = [(old, new) for old, new in pairs if old != new]
    return len(before.splitlines()) == len(after.splitlines()) and all(
        new.startswith(old.rstrip()) and new[len(old.rstrip()) :].lstrip().startswith("#") for old, new in changed
    )
