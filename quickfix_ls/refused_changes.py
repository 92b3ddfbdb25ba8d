"""The changes that a user never wants to be offered again: a small file in the user's state folder.

`$XDG_STATE_HOME/quickfix-ls/never.json` where that variable is set, else the folder that the system has for
states. A change is known by a hash of the file's path, the kind of message, the line's text and the lines that
change: it is known again wherever the line moves to in its file, and forgotten when the line is written anew.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from quickfix_ls.documents.diff import changed_lines
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.errors import UsageError
from quickfix_ls.values import Edit, Problem

VERSION = 1
_KEY_LENGTH = 16
_VARIABLE = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\d+")


class RefusedChange(NamedTuple):
    """One refused change. Only `key` and `path` count; the rest is for the user who lists them."""

    key: str
    path: str
    problem: str
    line: str
    fix: str


def name_of(path: str, uri: str = "") -> str:
    """What a document is known by: its path without links, or its uri where it is not a file."""
    return os.path.realpath(path) if path else uri


def entry_of(path: str, snapshot: Snapshot, problem: Problem, edits: Sequence[Edit], title: str) -> RefusedChange:
    """The entry that refuses a change of the document that is known by `path` (see `name_of`)."""
    line = snapshot.line_text(snapshot.line_at(problem.span.start)).strip()
    return RefusedChange(key_of(path, snapshot, problem, edits), path, problem.message, line, title)


def key_of(path: str, snapshot: Snapshot, problem: Problem, edits: Sequence[Edit]) -> str:
    """What a change is known by: the same for the same change on the same line of the same file, and for messages
    that differ only in what they quote or count."""
    message = [problem.code, _VARIABLE.sub("_", problem.message)]
    import hashlib  # here, like `tempfile` below: the server's start need not wait for it

    line = _plain(snapshot.line_text(snapshot.line_at(problem.span.start))).strip()
    change = [[[*map(_plain, before)], [*map(_plain, after)]] for _, before, after in changed_lines(snapshot, edits)]
    text = json.dumps([path, message, line, change])
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY_LENGTH]


def refused_at(path: str) -> frozenset[str]:
    """The keys of what is refused in the document at `path`; none where the state can't be read."""
    try:
        return frozenset(entry.key for entry in entries() if entry.path == path)
    except UsageError:
        return frozenset()


def entries() -> tuple[RefusedChange, ...]:
    """All that is refused, in the order in which it was. Raises UsageError for a state that can't be read."""
    path = state_file()
    try:
        status = os.stat(path)
        return _read(path, status.st_mtime_ns, status.st_size)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: can't be read: {error}. Mend or delete the file.") from error


def add(entry: RefusedChange) -> bool:
    """Refuse a change from now on; False where it was refused already. Raises UsageError, as `remove` does, where
    the state can't be read or written."""
    known = entries()
    if entry.key in {one.key for one in known}:
        return False
    _write([*known, entry])
    return True


def remove(keys: Collection[str]) -> list[RefusedChange]:
    """Allow changes again, by their keys or the beginnings of them; those that were refused."""
    removed = [entry for entry in entries() if any(key and entry.key.startswith(key) for key in keys)]
    if removed:
        _write([entry for entry in entries() if entry not in removed])
    return removed


def state_file() -> Path:
    """Where the state lies; the file need not exist."""
    if home := os.environ.get("XDG_STATE_HOME"):
        return Path(home, "quickfix-ls", "never.json")
    from platformdirs import user_state_path

    return user_state_path("quickfix-ls", appauthor=False) / "never.json"


def _plain(line: str) -> str:
    """A line without white space at its end, and without a byte order mark or what the worker puts in its place."""
    return line.lstrip("\ufeff\f").rstrip()


@lru_cache(maxsize=4)
def _read(path: Path, mtime: int, size: int) -> tuple[RefusedChange, ...]:
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or content.get("version") != VERSION:
        raise ValueError(f"it is not of version {VERSION}")
    return tuple(_entries_of(content.get("never")))


def _entries_of(listed: object) -> Iterator[RefusedChange]:
    if not isinstance(listed, list):
        raise ValueError("`never` is not a list")
    for one in listed:
        if not isinstance(one, dict) or not all(isinstance(one.get(field), str) for field in RefusedChange._fields):
            raise ValueError(f"`never` has an entry without {', '.join(RefusedChange._fields)}")
        yield RefusedChange(*(one[field] for field in RefusedChange._fields))


def _write(kept: Sequence[RefusedChange]) -> None:
    """Put a new file in the place of the old one, so that whoever reads meanwhile reads either."""
    import tempfile

    path = state_file()
    content = {"version": VERSION, "never": [entry._asdict() for entry in kept]}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".never-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(content, file, indent=2)
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror}") from error
