"""The messages that are our own, beyond the protocol: between the server and an editor's extension of ours.

A client declares in `capabilities.experimental["quickfix-ls"]` which of them it knows.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lsprotocol import types

OTHER_DIAGNOSTICS = "quickfix-ls/otherDiagnostics"
"""Client to server: all that other tools report of a document now."""

STATUS = "quickfix-ls/status"
"""Server to client: `{state, detail, model, tokensToday, tokensLimit}`, see `status`."""


@dataclass(frozen=True)
class OtherDiagnosticsParams:
    """The diagnostics of a document that are not ours; they replace those of the message before."""

    uri: str
    diagnostics: list[types.Diagnostic] = field(default_factory=list)


@dataclass(frozen=True)
class OtherDiagnostics:
    """The notification OTHER_DIAGNOSTICS."""

    params: OtherDiagnosticsParams
    method: str = OTHER_DIAGNOSTICS
    jsonrpc: str = "2.0"


LANGUAGE_MODEL = "quickfix-ls/languageModel"
"""Server to client, a request: `{messages: [{role, content}], maxTokens, temperature, family}`, answered with
`{text, model, inputTokens, outputTokens}`; an error means that no model has answered."""

MESSAGES: dict[str, type] = {OTHER_DIAGNOSTICS: OtherDiagnostics}
"""The types of the client's messages, by method."""
