"""A pytest-lsp client against the real server, in the words that the tests use."""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, Union

import pytest_lsp
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from tests.kit import BOUND, SERVE
from tests.kit_texts import apply_text_edits, marked, position_at

CONTENT_MODIFIED = -32801
"""The code of the error for a request about a text that is no more."""


_fresh = itertools.count(1)


class Client(LanguageClient):
    """Keeps every publication of diagnostics, so that none is missed between two looks."""

    answered: types.InitializeResult
    """What `initialize` was answered with, where `begin` has sent it."""

    def __init__(self) -> None:
        super().__init__(converter_factory=_converter)
        self.published: list[types.PublishDiagnosticsParams] = []
        self.news = asyncio.Event()
        self.opened: list[str] = []
        """The uris of the documents that were opened."""
        register_lsp_features(
            self, {**DEFAULT_CLIENT_FEATURES, types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: _keep_published}
        )

    async def reset(self) -> None:
        """Close the documents, wait until the server has read that, and forget what it sent."""
        for uri in self.opened:
            self.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        await bounded(self.workspace_execute_command_async(types.ExecuteCommandParams("somebody.elses")))
        assert self.error is None
        for kept in (self.opened, self.published, self.messages, self.log_messages, self.diagnostics):
            kept.clear()

    async def end(self) -> None:
        await self.shutdown_session()
        await self.stop()


def _keep_published(client: Client, params: types.PublishDiagnosticsParams) -> None:
    client.published.append(params)
    client.news.set()


def _converter() -> Any:
    """pygls' converter, but for what lsprotocol 2025.0.0 takes every action with a command for: a bare command."""
    converter = default_converter()
    union = types.Command | types.CodeAction
    bare = converter.get_structure_hook(types.Command)
    action = converter.get_structure_hook(types.CodeAction)
    converter.register_structure_hook_func(
        lambda kind: kind in (union, Union[types.Command, types.CodeAction]),  # noqa: UP007  # lsprotocol's way
        lambda value, _: (
            bare(value, types.Command) if isinstance(value.get("command"), str) else action(value, types.CodeAction)
        ),
    )
    return converter


CONFIG = pytest_lsp.ClientServerConfig(
    server_command=SERVE,
    client_factory=Client,
    server_env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
)


def capabilities(
    *,
    resolves: bool = False,
    resolves_commands: bool = False,
    data: bool = True,
    document_changes: bool = False,
    disabled: bool = False,
    configuration: bool = False,
    encodings: Sequence[str] = (),
) -> types.ClientCapabilities:
    """What a client can do, as far as it changes what we send."""
    resolving = ["edit", "command"] if resolves_commands else ["edit"]
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=list(encodings) or None),
        workspace=types.WorkspaceClientCapabilities(
            configuration=configuration,
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=document_changes),
        ),
        text_document=types.TextDocumentClientCapabilities(
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(version_support=True),
            code_action=types.CodeActionClientCapabilities(
                code_action_literal_support=types.ClientCodeActionLiteralOptions(
                    code_action_kind=types.ClientCodeActionKindOptions(value_set=["quickfix", "source"])
                ),
                is_preferred_support=True,
                disabled_support=disabled,
                data_support=data,
                resolve_support=types.ClientCodeActionResolveOptions(resolving) if resolves else None,
            ),
        ),
    )


async def start(
    client: LanguageClient, can: types.ClientCapabilities | None = None, **params: Any
) -> types.InitializeResult:
    """Initialize; `params` go into the request, `options` being short for `initialization_options`."""
    if "options" in params:
        params["initialization_options"] = params.pop("options")
    request = types.InitializeParams(capabilities=can or capabilities(), **params)
    return await bounded(client.initialize_session(request))


async def begin(can: types.ClientCapabilities | None = None, **params: Any) -> Client:
    """A client of a new server, initialized as `start` does it."""
    client = await CONFIG.start()
    assert isinstance(client, Client)
    client.answered = await start(client, can, **params)
    return client


async def bounded(waiting: Any) -> Any:
    return await asyncio.wait_for(waiting, BOUND)


class Page:
    """An open document with its `$0`, on the editor's side; no other has its uri unless it is given."""

    def __init__(
        self,
        client: Client,
        text: str,
        uri: str = "",
        version: int = 1,
        language: str = "python",
        encoding: str = "utf-16",
    ) -> None:
        self.uri = uri or f"file:///project/page{next(_fresh)}.py"
        self.client, self.version, self.encoding = client, version, encoding
        self.text, self.cursor = marked(text)
        self._seen = 0
        item = types.TextDocumentItem(self.uri, language, version, self.text)
        client.opened.append(self.uri)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    @property
    def published(self) -> list[types.PublishDiagnosticsParams]:
        """Every publication of this document's diagnostics so far."""
        return [one for one in self.client.published if one.uri == self.uri]

    def close(self) -> None:
        self.client.opened.remove(self.uri)
        document = types.TextDocumentIdentifier(self.uri)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    def range(self, start: int, end: int) -> types.Range:
        first, last = (position_at(self.text, at, self.encoding) for at in (start, end))
        return types.Range(types.Position(**first), types.Position(**last))

    def change(self, start: int, end: int, new: str) -> None:
        """Replace [start, end), in code points, at the next version."""
        event = types.TextDocumentContentChangePartial(range=self.range(start, end), text=new)
        self.text = self.text[:start] + new + self.text[end:]
        self.send([event])

    def change_whole(self, text: str) -> None:
        self.text = text
        self.send([types.TextDocumentContentChangeWholeDocument(text)])

    def send(self, events: Sequence[types.TextDocumentContentChangeEvent]) -> None:
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, events))

    def request(
        self,
        span: tuple[int, int] | None = None,
        diagnostics: Sequence[types.Diagnostic] = (),
        only: Sequence[str] | None = None,
        trigger: types.CodeActionTriggerKind | None = None,
    ) -> types.CodeActionParams:
        place = self.range(*(span or (self.cursor, self.cursor)))
        context = types.CodeActionContext(diagnostics=list(diagnostics), only=only, trigger_kind=trigger)
        return types.CodeActionParams(types.TextDocumentIdentifier(self.uri), place, context)

    async def actions(self, *args: Any, **context: Any) -> list[types.CodeAction]:
        found = await bounded(self.client.text_document_code_action_async(self.request(*args, **context)))
        return [action for action in found or () if isinstance(action, types.CodeAction)]

    async def first(self, *args: Any, **context: Any) -> types.CodeAction:
        actions = await self.actions(*args, **context)
        assert actions, f"no action for {self.text!r}"
        return actions[0]

    def after(self, action: types.CodeAction) -> str:
        """The text when the action's edit was applied."""
        assert action.edit is not None
        return apply_text_edits(self.text, edits_of(action.edit, self.uri), self.encoding)

    async def diagnostics(
        self, wanted: Callable[[types.PublishDiagnosticsParams], bool]
    ) -> types.PublishDiagnosticsParams:
        """The next published diagnostics of this document that are as wanted, after those that were seen."""

        async def wait() -> types.PublishDiagnosticsParams:
            while True:
                while self._seen < len(self.client.published):
                    published = self.client.published[self._seen]
                    self._seen += 1
                    if published.uri == self.uri and wanted(published):
                        return published
                self.client.news.clear()
                await self.client.news.wait()

        return await bounded(wait())  # type: ignore[no-any-return]


def edits_of(edit: types.WorkspaceEdit, uri: str) -> list[dict[str, Any]]:
    """The text edits of one document as plain values."""
    if edit.changes is not None:
        (changed,) = edit.changes
        found: Sequence[Any] = edit.changes[uri]
    else:
        (document,) = edit.document_changes or ()
        assert isinstance(document, types.TextDocumentEdit)
        changed, found = document.text_document.uri, document.edits
    assert changed == uri
    return [
        {
            "range": {
                end: {"line": getattr(one.range, end).line, "character": getattr(one.range, end).character}
                for end in ("start", "end")
            },
            "newText": one.new_text,
        }
        for one in found
    ]


async def error_of(waiting: Any) -> int:
    """The code of the error that is answered."""
    try:
        answer = await bounded(waiting)
    except JsonRpcException as error:
        return error.code
    raise AssertionError(f"no error, but {answer!r}")
