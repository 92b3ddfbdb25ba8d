"""A circuit breaker: after several failures in a row, no requests are sent to a server for a while."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from quickfix_ls.errors import UnavailableError

FAILURES = 5
"""The number of failures in a row that open the circuit; those of concurrent requests count as one."""
REST_SECONDS = 20.0
"""The time for which the circuit stays open; then a single request tests whether the server works again."""


class Breaker:
    """The state of one endpoint's circuit. `now` is a clock in seconds."""

    def __init__(self, where: str, now: Callable[[], float] = time.monotonic) -> None:
        self._where, self._now = where, now
        self._failures = 0
        self._last = -math.inf
        self._opened: float | None = None

    def check(self) -> float:
        """Return the present time if a request may be sent. Raises UnavailableError if the circuit is open.

        After `REST_SECONDS` only the first caller may send a request, until the result of its request is known.
        """
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
        """Record that the server has begun to answer, and close the circuit."""
        self._failures, self._opened = 0, None

    def failed(self, began: float) -> None:
        """Record that the server is unreachable or overloaded, or sent nothing before the deadline.

        `began` is the value that `check` returned.
        """
        if began < self._last:
            return
        self._last = self._now()
        self._failures += 1
        if self._failures >= FAILURES:
            self._opened = self._last
