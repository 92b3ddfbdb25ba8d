"""A circuit breaker: a server that failed several times in a row is left alone for a while."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from quickfix_ls.errors import UnavailableError

FAILURES = 5
"""How many failures in a row open the circuit; those of requests that were under way together count as one."""
REST_SECONDS = 20.0
"""How long an open circuit stays open; then one request tries whether the server is well again."""


class Breaker:
    """The state of one endpoint's circuit. `now` is a clock in seconds."""

    def __init__(self, where: str, now: Callable[[], float] = time.monotonic) -> None:
        self._where, self._now = where, now
        self._failures = 0
        self._last = -math.inf
        self._opened: float | None = None

    def check(self) -> float:
        """The time, for whoever may send a request now; raises UnavailableError where the circuit is open. After
        the rest only the first caller passes, until it is known how that went."""
        now = self._now()
        if self._opened is None:
            return now
        left = self._opened + REST_SECONDS - now
        if left > 0:
            raise UnavailableError(
                f"{self._where} failed {self._failures} times in a row and is left alone for {left:.0f} s.", left
            )
        self._opened = now
        return now

    def succeeded(self) -> None:
        """The server has begun to answer."""
        self._failures, self._opened = 0, None

    def failed(self, began: float) -> None:
        """The server can't be reached, has no time, or kept silent to the end; `began` is what `check` returned."""
        if began < self._last:
            return
        self._last = self._now()
        self._failures += 1
        if self._failures >= FAILURES:
            self._opened = self._last
