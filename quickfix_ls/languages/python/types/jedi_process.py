"""The main loop of jedi's process: reads a question a line, and writes a line for each of its inquiries."""

from __future__ import annotations

import os
import queue
import sys
import threading
from typing import BinaryIO

from quickfix_ls.languages.python.types.inquiries import facts_line, read_question


def main() -> None:
    """Answer questions until the parent closes its end of the pipe, which ends the process even during an answer."""
    lines_in, lines_out = _private_pipes()
    # Imported here, after the pipes were replaced: output of jedi can't corrupt a line.
    from quickfix_ls.languages.python.types.by_jedi import answers_to

    sys.setrecursionlimit(3000)
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(lines_in, lines), daemon=True).start()
    while True:
        for facts in answers_to(read_question(lines.get())):
            lines_out.write(facts_line(facts))
            lines_out.flush()


def _read(lines_in: BinaryIO, lines: queue.SimpleQueue[bytes]) -> None:
    for line in lines_in:
        lines.put(line)
    os._exit(0)


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the streams for the lines. Other output to stdout is discarded, and stdin is empty for other readers."""
    lines_in, lines_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return lines_in, lines_out
