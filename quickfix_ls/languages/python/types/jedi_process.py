"""The process that jedi works in: a question a line comes in, a line for each of its inquiries goes out."""

from __future__ import annotations

import os
import queue
import sys
import threading
from typing import BinaryIO

from quickfix_ls.languages.python.types.inquiries import facts_line, read_question


def main() -> None:
    """Answer until the parent closes its end, whatever is being worked out then."""
    lines_in, lines_out = _private_pipes()
    # Imported here: what jedi prints goes where it can't break a line.
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
    """The streams of the lines; what anything else prints is lost, and what it reads is empty."""
    lines_in, lines_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return lines_in, lines_out
