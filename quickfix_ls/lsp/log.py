"""Where the log goes: to stderr, and to the client's log window. Never into a pop-up."""

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


def start_log(send: Callable[[types.LogMessageParams], None]) -> logging.Logger:
    """The server's logger. pygls' own loggers print to stderr alone: they would report what they send."""
    stderr = logging.StreamHandler(sys.stderr)
    stderr.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    stderr.addFilter(_is_news)
    logging.basicConfig(level=logging.WARNING, handlers=[stderr])
    ours = logging.getLogger("quickfix_ls")
    ours.addHandler(_ToClient(send))
    return ours


def set_level(level: str) -> None:
    """`level` is a name that the settings know, like `warning`."""
    logging.getLogger("quickfix_ls").setLevel(level.upper())


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a record deserves a line: answering `ContentModified` is everyday work, not an exception."""
    return not (record.exc_info and isinstance(record.exc_info[1], JsonRpcContentModified))


class _ToClient(logging.Handler):
    def __init__(self, send: Callable[[types.LogMessageParams], None]) -> None:
        super().__init__()
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        kind = next((kind for level, kind in _MESSAGE_TYPES if record.levelno >= level), types.MessageType.Log)
        self._send(types.LogMessageParams(type=kind, message=record.getMessage()))
