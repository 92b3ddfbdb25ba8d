"""Forwards the worker's requests for a language model to the client (`quickfix-ls/languageModel`), and their answers
back. Only a client that declared the request is asked, and only under the setting `provider` `vscode`."""

from __future__ import annotations

import uuid

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from quickfix_ls.lsp.custom_messages import LANGUAGE_MODEL
from quickfix_ls.lsp.server_state import ServerState
from quickfix_ls.worker.frames import AskModel, CancelModel, ModelAnswer

_ANSWER = ("text", "model", "inputTokens", "outputTokens")
_MAX_ERROR = 300


class LanguageModelRequests:
    """The requests to the client in progress, by the worker's number."""

    def __init__(self, server: ServerState) -> None:
        self._ls = server
        self._asked: dict[int, str] = {}

    def take(self, message: AskModel | CancelModel) -> None:
        """Send a request to the client, or cancel one."""
        if isinstance(message, CancelModel):
            # The wait for the client's answer goes on: the protocol demands one, and pygls expects it.
            if identifier := self._asked.get(message.id):
                self._ls.protocol.notify(types.CANCEL_REQUEST, types.CancelParams(identifier))
        elif self._ls.client.has_language_model:
            self._asked[message.id] = str(uuid.uuid4())
            self._ls.in_background(self._ask(message))
        else:
            self._ls.worker.tell(ModelAnswer(message.id, {}, "this editor offers none to quickfix-ls"))

    async def _ask(self, message: AskModel) -> None:
        """Ask the client and tell the worker its answer. Must run in a task of its own."""
        identifier = self._asked[message.id]
        try:
            result = await self._ls.protocol.send_request_async(LANGUAGE_MODEL, message.params, identifier)
            answer = {key: getattr(result, key, None) for key in _ANSWER}
            error = "" if isinstance(answer["text"], str) else "its answer has no `text`"
        except JsonRpcException as failure:
            answer, error = {}, str(failure)[:_MAX_ERROR] or type(failure).__name__
        finally:
            del self._asked[message.id]
        self._ls.worker.tell(ModelAnswer(message.id, answer, error))
