"""The changes that a user never wants to be offered again, in a JSON file in the user's state folder.

The file is `$XDG_STATE_HOME/quickfix-ls/never.json` if that variable is set, else in the system's folder for state. A
change is identified by a hash of the file's path, the diagnostic's code and message, the line's text and the changed
lines. So it is recognized wherever the line moves to in its file, but not after the line was rewritten.
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
from quickfix_ls.state_folder import state_folder
from quickfix_ls.values import Edit, Problem

VERSION = 1
_KEY_LENGTH = 16
_VARIABLE = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\d+")


class RefusedChange(NamedTuple):
    """A refused change. Only `key` and `path` identify it; the other fields are shown in the list of changes."""

    key: str
    path: str
    problem: str
    line: str
    fix: str


def name_of(path: str, uri: str = "") -> str:
    """Return the name that identifies a document: its path with links resolved, or its URI if it is not a file."""
    return os.path.realpath(path) if path else uri


def entry_of(path: str, snapshot: Snapshot, problem: Problem, edits: Sequence[Edit], title: str) -> RefusedChange:
    """Return the entry that refuses a change; `path` is the document's name (see `name_of`)."""
    line = snapshot.line_text(snapshot.line_at(problem.span.start)).strip()
    return RefusedChange(key_of(path, snapshot, problem, edits), path, problem.message, line, title)


def key_of(path: str, snapshot: Snapshot, problem: Problem, edits: Sequence[Edit]) -> str:
    """Return the hash that identifies a change.

    It is equal for the same change on the same line of the same file, even if diagnostics' messages differ in quoted
    strings or numbers.
    """
    message = [problem.code, _VARIABLE.sub("_", problem.message)]
    import hashlib  # here, like `tempfile` below, for a faster start of the server

    line = _plain(snapshot.line_text(snapshot.line_at(problem.span.start))).strip()
    change = [[[*map(_plain, before)], [*map(_plain, after)]] for _, before, after in changed_lines(snapshot, edits)]
    text = json.dumps([path, message, line, change])
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY_LENGTH]


def refused_at(path: str) -> frozenset[str]:
    """Return the keys of the changes refused in the document at `path`; none if the file can't be read."""
    try:
        return frozenset(entry.key for entry in entries() if entry.path == path)
    except UsageError:
        return frozenset()


def entries() -> tuple[RefusedChange, ...]:
    """Return all refused changes, the oldest first. Raises UsageError if the file can't be read."""
    path = state_file()
    try:
        status = os.stat(path)
        return _read(path, status.st_mtime_ns, status.st_size)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: can't be read: {error}. Mend or delete the file.") from error


def add(entry: RefusedChange) -> bool:
    """Refuse a change from now on; return False if it was refused already.

    Raises UsageError if the file can't be read or written.
    """
    known = entries()
    if entry.key in {other.key for other in known}:
        return False
    _write([*known, entry])
    return True


def remove(keys: Collection[str]) -> list[RefusedChange]:
    """Allow changes again whose keys begin with any of `keys`, and return them.

    Raises UsageError if the file can't be read or written.
    """
    removed = [entry for entry in entries() if any(key and entry.key.startswith(key) for key in keys)]
    if removed:
        _write([entry for entry in entries() if entry not in removed])
    return removed


def state_file() -> Path:
    """Return the path of the file, which may not exist."""
    return state_folder() / "never.json"


def _plain(line: str) -> str:
    """Return a line without trailing white space and without a byte order mark or the form feed that replaces it."""
    return line.lstrip("\ufeff\f").rstrip()


@lru_cache(maxsize=4)
def _read(path: Path, mtime: int, size: int) -> tuple[RefusedChange, ...]:
    """Read the file; `mtime` (in nanoseconds) and `size` (in bytes) make a changed file a new key of the cache."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or content.get("version") != VERSION:
        raise ValueError(f"it is not of version {VERSION}")
    return tuple(_entries_of(content.get("never")))


def _entries_of(listed: object) -> Iterator[RefusedChange]:
    if not isinstance(listed, list):
        raise ValueError("`never` is not a list")
    for item in listed:
        if not isinstance(item, dict) or not all(isinstance(item.get(field), str) for field in RefusedChange._fields):
            raise ValueError(f"`never` has an entry without {', '.join(RefusedChange._fields)}")
        yield RefusedChange(*(item[field] for field in RefusedChange._fields))


def _write(changes: Sequence[RefusedChange]) -> None:
    """Replace the file atomically, so that a concurrent reader sees either the old or the new one."""
    import tempfile

    path = state_file()
    content = {"version": VERSION, "never": [entry._asdict() for entry in changes]}
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
