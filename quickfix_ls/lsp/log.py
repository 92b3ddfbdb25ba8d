"""Where the log goes: to stderr, to the client's log window, and to its trace. Never into a pop-up."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from lsprotocol import types
from pygls.exceptions import JsonRpcException

_MESSAGE_TYPES = (
    (logging.ERROR, types.MessageType.Error),
    (logging.WARNING, types.MessageType.Warning),
    (logging.INFO, types.MessageType.Info),
    (logging.DEBUG, types.MessageType.Log),
)
_EVERYDAY = frozenset({types.LSPErrorCodes.ContentModified.value, types.LSPErrorCodes.ServerCancelled.value})
_LINE = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")


class Log:
    """The server's logger and its three readers: stderr and the log window read from `level` on, the client's
    trace reads everything while it is switched on. pygls' own loggers print to stderr alone: they would
    report what they send."""

    def __init__(
        self, send: Callable[[types.LogMessageParams], None], send_trace: Callable[[types.LogTraceParams], None]
    ) -> None:
        self.logger = logging.getLogger("quickfix_ls")
        self.logger.propagate = False
        others = logging.StreamHandler(sys.stderr)
        others.setFormatter(_LINE)
        others.addFilter(_is_news)
        logging.basicConfig(level=logging.WARNING, handlers=[others])
        stderr = logging.StreamHandler(sys.stderr)
        stderr.setFormatter(_LINE)
        stderr.addFilter(_is_news)
        self._readers = (stderr, _ToClient(send))
        self._trace = _ToTrace(send_trace)
        for handler in (*self._readers, self._trace):
            self.logger.addHandler(handler)
        self._level, self._is_traced = logging.WARNING, False
        self._set()

    @property
    def tells_all(self) -> bool:
        """Whether somebody reads every line, so that it is worth writing them."""
        return self.logger.isEnabledFor(logging.DEBUG)

    def set_level(self, name: str) -> None:
        """`name` is one that the settings know, like `warning`; `trace` is everything."""
        self._level = logging.DEBUG if name == "trace" else getattr(logging, name.upper())
        self._set()

    def set_trace(self, value: types.TraceValue | str | None) -> None:
        """Send every line to the client's trace when that is `verbose`, none else."""
        self._is_traced = value == types.TraceValue.Verbose
        self._set()

    def _set(self) -> None:
        for reader in self._readers:
            reader.setLevel(self._level)
        self._trace.setLevel(logging.DEBUG if self._is_traced else logging.CRITICAL + 1)
        self.logger.setLevel(min(self._level, logging.DEBUG if self._is_traced else logging.CRITICAL))


def is_everyday(error: BaseException | None) -> bool:
    """Whether it is no fault but an answer like others: that the text changed while it was worked out."""
    return isinstance(error, JsonRpcException) and error.code in _EVERYDAY


def _is_news(record: logging.LogRecord) -> bool:
    return not (record.exc_info and is_everyday(record.exc_info[1]))


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
