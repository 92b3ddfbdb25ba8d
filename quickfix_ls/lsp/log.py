"""Sends the log to stderr, to the client's log window, and to its trace. Never to a pop-up."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

_MESSAGE_TYPES = (
    (logging.ERROR, types.MessageType.Error),
    (logging.WARNING, types.MessageType.Warning),
    (logging.INFO, types.MessageType.Info),
    (logging.DEBUG, types.MessageType.Log),
)
_LINE = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")


class Log:
    """The server's logger and its three handlers.

    Stderr and the log window get the records from the configured level on, the client's trace gets all records while it
    is switched on. pygls' own loggers write to stderr alone, since they would log the log messages they send.
    """

    def __init__(
        self, send: Callable[[types.LogMessageParams], None], send_trace: Callable[[types.LogTraceParams], None]
    ) -> None:
        self.logger = logging.getLogger("quickfix_ls")
        self.logger.propagate = False
        others = logging.StreamHandler(sys.stderr)
        others.setFormatter(_LINE)
        others.addFilter(_is_not_routine)
        logging.basicConfig(level=logging.WARNING, handlers=[others])
        stderr = logging.StreamHandler(sys.stderr)
        stderr.setFormatter(_LINE)
        stderr.addFilter(_is_not_routine)
        self._leveled = (stderr, _ToClient(send))
        self._trace = _ToTrace(send_trace)
        for handler in (*self._leveled, self._trace):
            self.logger.addHandler(handler)
        self._level, self._is_traced = logging.WARNING, False
        self._apply_levels()

    @property
    def is_verbose(self) -> bool:
        """True if a handler takes records of every level, so that the worker should send them."""
        return self.logger.isEnabledFor(logging.DEBUG)

    def set_level(self, name: str) -> None:
        """Set the level of stderr and the log window to a value of the setting `logLevel`; `trace` is everything."""
        self._level = logging.DEBUG if name == "trace" else getattr(logging, name.upper())
        self._apply_levels()

    def set_trace(self, value: types.TraceValue | str | None) -> None:
        """Send every record to the client's trace if `value` is `verbose`, else none."""
        self._is_traced = value == types.TraceValue.Verbose
        self._apply_levels()

    def _apply_levels(self) -> None:
        for handler in self._leveled:
            handler.setLevel(self._level)
        self._trace.setLevel(logging.DEBUG if self._is_traced else logging.CRITICAL + 1)
        self.logger.setLevel(min(self._level, logging.DEBUG if self._is_traced else logging.CRITICAL))


def is_routine(error: BaseException | None) -> bool:
    """Return whether an error is an expected answer: the text changed while the request was worked on."""
    return isinstance(error, JsonRpcContentModified)


def _is_not_routine(record: logging.LogRecord) -> bool:
    return not (record.exc_info and is_routine(record.exc_info[1]))


class _ToClient(logging.Handler):
    def __init__(self, send: Callable[[types.LogMessageParams], None]) -> None:
        super().__init__()
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        kind = next((kind for level, kind in _MESSAGE_TYPES if record.levelno >= level), types.MessageType.Log)
        self._send(types.LogMessageParams(type=kind, message=record.getMessage()))


class _ToTrace(logging.Handler):
    def __init__(self, send: Callable[[types.LogTraceParams], None]) -> None:
        super().__init__()
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        self._send(types.LogTraceParams(message=record.getMessage()))
