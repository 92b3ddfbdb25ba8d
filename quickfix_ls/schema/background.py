"""Values that take long to read: a thread reads them anew, and the last one counts until the next one is there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

WAIT_SECONDS = 0.5
"""Time that the caller who starts a reading in the background waits for it; most are done by then."""


class SlowValue(Generic[T]):
    """A value that `read(last)` returns, given the last one; it must not raise.

    `is_due(last, age, took)` tells whether it has to be read again: the last value, the seconds since it was read, and
    the seconds that the reading took.
    """

    def __init__(self, read: Callable[[T], T], is_due: Callable[[T, float, float], bool], first: T) -> None:
        self._read, self._is_due = read, is_due
        self._value = first
        self._ended = self._took = 0.0
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def now(self) -> T:
        """Return the present value, which is read before if that is due."""
        reading = self._started()
        if reading is not None:
            reading.join()
        return self._value

    def soon(self) -> T:
        """Return the last value; if it has to be read again, that is done in the background."""
        before = self._thread
        reading = self._started()
        if reading is not None and reading is not before:
            reading.join(WAIT_SECONDS)
        return self._value

    def _started(self) -> threading.Thread | None:
        """Return the thread that reads the value; None if that is not due."""
        with self._lock:
            if self._thread is None and self._is_needed():
                self._thread = threading.Thread(target=self._run, daemon=True, name="schema")
                self._thread.start()
            return self._thread

    def _is_needed(self) -> bool:
        return not self._ended or self._is_due(self._value, time.monotonic() - self._ended, self._took)

    def _run(self) -> None:
        began = time.monotonic()
        try:
            self._value = self._read(self._value)
        finally:
            with self._lock:
                self._ended = time.monotonic()
                self._took = self._ended - began
                self._thread = None
