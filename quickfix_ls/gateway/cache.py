"""Answers that are known already: the last ones, by what was asked."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict

from quickfix_ls.providers import Endpoint, Request
from quickfix_ls.values import Delta

ANSWERS = 512
CHARACTERS = 4_000_000
"""The most answers that are kept, and the most characters in all of them."""


def key_of(endpoint: Endpoint, request: Request) -> str:
    """What a request is known by: the server, the model and all that is asked, but no key."""
    asked = json.dumps([endpoint.kind, endpoint.base_url, request.body], sort_keys=True)
    return hashlib.sha256(asked.encode("ascii")).hexdigest()


class Cache:
    """The last complete answers; the least recently used ones go first."""

    def __init__(self, answers: int = ANSWERS, characters: int = CHARACTERS) -> None:
        self._most_answers, self._most_characters = answers, characters
        self._characters = 0
        self._known: OrderedDict[str, Delta] = OrderedDict()

    def get(self, key: str) -> Delta | None:
        """A known answer as one piece, which took no tokens."""
        if key in self._known:
            self._known.move_to_end(key)
        return self._known.get(key)

    def put(self, key: str, text: str, ended: str) -> None:
        self._drop(key)
        self._known[key] = Delta(text, ended)
        self._characters += len(text)
        while len(self._known) > self._most_answers or self._characters > self._most_characters:
            self._drop(next(iter(self._known)))

    def _drop(self, key: str) -> None:
        if dropped := self._known.pop(key, None):
            self._characters -= len(dropped.text)
