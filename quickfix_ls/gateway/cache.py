"""A cache of the latest answers, by their requests."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict

from quickfix_ls.providers import Endpoint, Request
from quickfix_ls.values import Delta

ANSWERS = 512
CHARACTERS = 4_000_000
"""The limits of the cache: the number of answers, and the characters in all of them."""


def key_of(endpoint: Endpoint, request: Request) -> str:
    """Return the cache key of a request: a digest of the server and the request's body, without the API key."""
    asked = json.dumps([endpoint.kind, endpoint.base_url, request.body], sort_keys=True)
    return hashlib.sha256(asked.encode("ascii")).hexdigest()


class Cache:
    """The latest complete answers; the least recently used ones are evicted first."""

    def __init__(self, answers: int = ANSWERS, characters: int = CHARACTERS) -> None:
        self._max_answers, self._max_characters = answers, characters
        self._characters = 0
        self._known: OrderedDict[str, Delta] = OrderedDict()

    def get(self, key: str) -> Delta | None:
        """Return a cached answer as a single piece without token usage; None if it is not in the cache."""
        if key in self._known:
            self._known.move_to_end(key)
        return self._known.get(key)

    def put(self, key: str, text: str, ended: str) -> None:
        self._drop(key)
        self._known[key] = Delta(text, ended)
        self._characters += len(text)
        while len(self._known) > self._max_answers or self._characters > self._max_characters:
            self._drop(next(iter(self._known)))

    def _drop(self, key: str) -> None:
        if dropped := self._known.pop(key, None):
            self._characters -= len(dropped.text)
