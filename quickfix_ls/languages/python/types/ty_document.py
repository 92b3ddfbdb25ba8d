"""A text that is open as a document in ty's language server."""

from __future__ import annotations

from typing import Any, Protocol

from quickfix_ls.documents.positions import to_offset, to_position
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Span

_RULE = "\n---"
"""What ty puts between a type and its documentation."""


class Server(Protocol):
    """A running language server, which counts columns in code points."""

    async def request(self, method: str, params: object) -> Any:
        """Send a request and return its result. Raises ConnectionError if the server ended or can't answer. After a
        cancellation the server is of no further use."""

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""


class TyDocument:
    """An open document with a `snapshot`; other texts can be shown to the server in its place."""

    def __init__(self, server: Server, text: str, uri: str) -> None:
        self.snapshot = Snapshot.of(text)
        self._server = server
        self._uri = uri
        self._version = 1
        self._shown = text
        item = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        server.notify("textDocument/didOpen", {"textDocument": item})

    async def at(self, method: str, offset: int, shown: str = "") -> Any:
        """Return the result of a request about an offset, in the text `shown`, by default the document's own. Raises as
        `Server.request`."""
        text = shown or self.snapshot.text
        self._show(text)
        line, character = to_position(Snapshot.of(text) if shown else self.snapshot, offset, "utf-32")
        place = {"textDocument": {"uri": self._uri}, "position": {"line": line, "character": character}}
        return await self._server.request(f"textDocument/{method}", place)

    async def shown_at(self, offset: int, shown: str = "") -> str:
        """Return what ty shows of the name at an offset, in the text `shown`; empty if nothing. Raises as
        `Server.request`."""
        answer = await self.at("hover", offset, shown)
        return str(answer["contents"]["value"]).partition(_RULE)[0] if answer else ""

    async def completions(self, offset: int, shown: str) -> frozenset[str]:
        """Return the names that may follow at an offset of the text `shown`. Raises as `Server.request`."""
        answer = await self.at("completion", offset, shown)
        items = answer["items"] if isinstance(answer, dict) else answer or ()
        return frozenset(item["label"] for item in items)

    async def diagnostics(self) -> list[tuple[Span, str, str]]:
        """Return the span, code and message of each diagnostic of the document. Raises as `Server.request`."""
        self._show(self.snapshot.text)
        answer = await self._server.request("textDocument/diagnostic", {"textDocument": {"uri": self._uri}})
        return [(self._span(item["range"]), str(item.get("code", "")), item["message"]) for item in answer["items"]]

    def close(self) -> None:
        """Close the document."""
        self._server.notify("textDocument/didClose", {"textDocument": {"uri": self._uri}})

    def _show(self, text: str) -> None:
        """Replace the text that the server has, if it is another one."""
        if text == self._shown:
            return
        self._shown, self._version = text, self._version + 1
        item = {"uri": self._uri, "version": self._version}
        self._server.notify("textDocument/didChange", {"textDocument": item, "contentChanges": [{"text": text}]})

    def _span(self, place: dict[str, Any]) -> Span:
        start, end = (
            to_offset(self.snapshot, place[key]["line"], place[key]["character"], "utf-32") for key in ("start", "end")
        )
        return Span(start, max(start, end))
