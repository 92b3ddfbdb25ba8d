"""A notebook on the editor's side: its cells, told to the server as the protocol says."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from tests.kit import BOUND, RawClient
from tests.kit_texts import Json, apply_text_edits, position_at

NOTEBOOKS: Json = {"notebookDocument": {"synchronization": {"dynamicRegistration": True}}}


class Notebook:
    """An open notebook of Python cells. A cell's uri says nothing of its place."""

    def __init__(
        self,
        client: RawClient,
        cells: Iterable[str],
        uri: str = "file:///project/a.ipynb",
        encoding: str = "utf-16",
    ) -> None:
        self.client, self.uri, self.encoding, self.version = client, uri, encoding, 1
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.order: list[str] = [self._new(text) for text in cells]
        items = [self.item(one) for one in self.order]
        notebook = {"uri": uri, "notebookType": "jupyter-notebook", "version": 1, "cells": self._listed(self.order)}
        client.notify("notebookDocument/didOpen", {"notebookDocument": notebook, "cellTextDocuments": items})

    def cell(self, number: int) -> str:
        """The uri of the cell at a place."""
        return self.order[number]

    def text(self, number: int) -> str:
        return self.texts[self.order[number]]

    def type(self, number: int, old: str, new: str) -> None:
        """Replace a piece of one cell's text."""
        uri = self.order[number]
        text, start = self.texts[uri], self.texts[uri].index(old)
        place = {
            "start": position_at(text, start, self.encoding),
            "end": position_at(text, start + len(old), self.encoding),
        }
        self.texts[uri] = text[:start] + new + text[start + len(old) :]
        self.versions[uri] += 1
        document = {"uri": uri, "version": self.versions[uri]}
        self._tell({"textContent": [{"document": document, "changes": [{"range": place, "text": new}]}]})

    def insert(self, number: int, text: str, kind: int = 2, language: str = "python") -> None:
        uri = self._new(text)
        self.order.insert(number, uri)
        array = {"start": number, "deleteCount": 0, "cells": [{"kind": kind, "document": uri}]}
        self._tell({"structure": {"array": array, "didOpen": [self.item(uri, language)]}})

    def remove(self, number: int) -> None:
        uri = self.order.pop(number)
        array = {"start": number, "deleteCount": 1}
        self._tell({"structure": {"array": array, "didClose": [{"uri": uri}]}})

    def reorder(self, numbers: Sequence[int]) -> None:
        self.order = [self.order[one] for one in numbers]
        array = {"start": 0, "deleteCount": len(self.order), "cells": self._listed(self.order)}
        self._tell({"structure": {"array": array}})

    def set_kind(self, number: int, kind: int) -> None:
        self._tell({"data": [{"kind": kind, "document": self.order[number]}]})

    def close(self) -> None:
        closed = [{"uri": uri} for uri in self.order]
        self.client.notify(
            "notebookDocument/didClose", {"notebookDocument": {"uri": self.uri}, "cellTextDocuments": closed}
        )

    async def problems(self, number: int) -> list[Json]:
        """The next diagnostics that are published of a cell."""
        found = await self.client.notification("textDocument/publishDiagnostics", uri=self.order[number])
        return list(found["diagnostics"])

    async def actions(self, number: int, at: str, diagnostics: Sequence[Json] = (), **context: Any) -> list[Json]:
        """The code actions at a piece of a cell's text."""
        return list(await asyncio.wait_for(self.send_actions(number, at, diagnostics, **context), BOUND) or ())

    def send_actions(
        self, number: int, at: str, diagnostics: Sequence[Json] = (), **context: Any
    ) -> asyncio.Future[Any]:
        text = self.text(number)
        place = position_at(text, text.index(at), self.encoding)
        params = {
            "textDocument": {"uri": self.order[number]},
            "range": {"start": place, "end": place},
            "context": {"diagnostics": list(diagnostics), **context},
        }
        return self.client.send("textDocument/codeAction", params)[1]

    def after(self, edit: Json) -> list[str]:
        """The texts of all cells, in order, when a workspace edit was applied; each version must be the present one."""
        if "changes" in edit:
            changes: dict[str, list[Json]] = edit["changes"]
        else:
            documents = [one["textDocument"] for one in edit["documentChanges"]]
            assert [one["version"] for one in documents] == [self.versions[one["uri"]] for one in documents]
            changes = {one["textDocument"]["uri"]: one["edits"] for one in edit["documentChanges"]}
        assert changes.keys() <= self.texts.keys()
        return [apply_text_edits(self.texts[uri], changes.get(uri, []), self.encoding) for uri in self.order]

    def item(self, uri: str, language: str = "python") -> Json:
        return {"uri": uri, "languageId": language, "version": self.versions[uri], "text": self.texts[uri]}

    def _new(self, text: str) -> str:
        uri = f"{self.uri.replace('file', 'vscode-notebook-cell')}#W{len(self.texts) * 37 % 101}x"
        self.texts[uri], self.versions[uri] = text, 1
        return uri

    def _listed(self, uris: Iterable[str]) -> list[Json]:
        return [{"kind": 2, "document": uri} for uri in uris]

    def _tell(self, cells: Json) -> None:
        self.version += 1
        self.client.notify(
            "notebookDocument/didChange",
            {"notebookDocument": {"uri": self.uri, "version": self.version}, "change": {"cells": cells}},
        )
