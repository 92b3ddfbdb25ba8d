"""The fix under the traceback of any program that asks for it: `quickfix_ls.integrations.excepthook.install()`."""

from __future__ import annotations

import sys
from types import TracebackType


def install() -> None:
    """Let the hook for uncaught exceptions print the fix under what it prints now. A second call does nothing."""
    if not isinstance(sys.excepthook, _Hook):
        sys.excepthook = _Hook()


class _Hook:
    """A hook that calls the one that was there before it, and then shows the fix on standard error."""

    def __init__(self) -> None:
        self._before = sys.excepthook

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._before(kind, error, trace)
        if not isinstance(error, Exception):
            return
        try:
            from quickfix_ls.integrations.shown_fixes import fixes_as_text
            from quickfix_ls.runs.capture import captured

            print(f"\n{fixes_as_text([captured(error)])}", end="", file=sys.stderr)
        except Exception as failed:
            # The program's own error is what counts.
            print(f"quickfix-ls: no fix can be shown: {failed!r}", file=sys.stderr)
