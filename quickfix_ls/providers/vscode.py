"""The language models of the editor (VS Code's language-model API), asked by the request `quickfix-ls/languageModel`.

The client answers with the whole text at once. Its user chooses the models and consents to their use in the editor, so
there is no address and no key. What a token costs there is unknown, so the spend caps count all of them.
"""

from __future__ import annotations

from quickfix_ls.providers.endpoint import Endpoint, Event, Profile, Request
from quickfix_ls.providers.payloads import json_object, number, text
from quickfix_ls.values import Delta, Prompt, Usage

URL = "editor://models/quickfix-ls/languageModel"
"""Names the request in previews and its place in the ledger; nothing is sent over HTTP."""

_ANY = "vscode"
"""The model's name where the setting names none: the editor chooses."""

PROFILES = {_ANY: Profile(base_url="editor://models", model=_ANY, usage=True, metered=True, transport="editor")}


def request(endpoint: Endpoint, prompt: Prompt) -> Request:
    """Build the request's params: `{messages, maxTokens, temperature, family}`; the setting `model` is the `family`."""
    system = [{"role": "system", "content": prompt.system}] if prompt.system else []
    user = "\n\n".join(filter(None, (prompt.shared, prompt.question)))
    body = {
        "messages": [*system, {"role": "user", "content": user}],
        "maxTokens": prompt.max_tokens,
        "temperature": prompt.temperature if endpoint.can("temperature") else None,
        "family": None if endpoint.model == _ANY else endpoint.model,
    }
    return Request(URL, {}, body)


def read(event: Event) -> Delta | None:
    """Parse the client's answer: `{text, model, inputTokens, outputTokens}`, the last two null where it can't count."""
    answer = json_object(event.data)
    usage = Usage(number(answer.get("inputTokens")), number(answer.get("outputTokens")))
    return Delta(text(answer.get("text")), "stop", usage)
