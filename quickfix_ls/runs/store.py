"""The errors of the last runs of programs, by which they travel to the language servers that run now: files in a
private folder of the user's state, one a program.

A program's file is replaced as a whole when it fails again, and removed when it runs clean, so that many programs may
write at once. What is in the folder is not trusted: what can't be read as errors counts as absent.
"""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from quickfix_ls.runs.own_frames import own_frames
from quickfix_ls.runs.record import Frame, RunError, error_from_json, error_to_json
from quickfix_ls.state_folder import state_folder

VERSION = 1

MAX_AGE_SECONDS = 7 * 24 * 3600.0
MAX_BYTES = 256 * 1024
MAX_PROGRAMS = 500
_MAX_ERRORS = 20
_MAX_FRAMES = 10
_MAX_TEXT = 500
_SETTLED_NS = 3 * 10**9
"""Age after which the time of a folder tells of every change: file systems count in steps of up to 2 s."""
_ENDED_BY_USER = frozenset({"KeyboardInterrupt", "SystemExit", "GeneratorExit"})


class Program(NamedTuple):
    """What was run: `name` is what a person calls it, such as `python run.py`, in a `folder`."""

    folder: str
    name: str


class PastError(NamedTuple):
    """An error of the last run of a program, at a time in seconds since the epoch. Its frames are those of the user's
    own, with real paths, the innermost last."""

    program: Program
    at: float
    error: RunError

    @property
    def place(self) -> Frame:
        """The innermost place of the user's own."""
        return self.error.frames[-1]


def folder() -> Path:
    """Return the path of the folder, which may not exist."""
    return state_folder() / "runs"


def remember(program: Program, errors: Sequence[RunError]) -> bool:
    """Replace what is known of a program by the errors of its last run; return whether that is so. Errors in no file of
    the user's are left out. Never raises: a program's own error is what counts."""
    try:
        known = [own for error in errors[:_MAX_ERRORS] if (own := _with_own_frames(error)) is not None]
        if not known:
            return forget(program)
        content = {
            "version": VERSION,
            "folder": program.folder,
            "name": program.name,
            "at": time.time(),
            "errors": [error_to_json(error) for error in known],
        }
        data = json.dumps(content).encode()
        if len(data) > MAX_BYTES:
            return False
        _write(_file_of(program), data)
        _remove_oldest()
    except (OSError, ImportError, ValueError):
        return False
    return True


def forget(program: Program) -> bool:
    """Drop what is known of a program, since it ran clean; return whether nothing is known of it now. Never raises."""
    try:
        os.unlink(_file_of(program))
    except FileNotFoundError:
        return True
    except (OSError, ImportError, ValueError):
        return False
    return True


def errors_for(path: str) -> list[PastError]:
    """Return the errors of last runs whose innermost place of the user's own is in the file at `path`, the latest
    first."""
    reader = Reader()
    reader.look()
    return reader.errors_for(path)


class Reader:
    """Reads the folder again and again, at the cost of what has changed."""

    def __init__(self) -> None:
        self._folder_time = 0
        self._files: dict[str, tuple[tuple[int, ...], tuple[PastError, ...]]] = {}

    def look(self) -> bool:
        """Read what has changed since the last look; return whether anything may have."""
        try:
            changed_at = os.stat(folder()).st_mtime_ns
        except (OSError, ValueError):
            changed_at = 0
        if changed_at == self._folder_time and time.time_ns() - changed_at > _SETTLED_NS:
            return False
        self._folder_time = changed_at
        before, self._files = self._files, {}
        for entry, status in _files() if changed_at else ():
            key = status.st_mtime_ns, status.st_size, status.st_ino
            known = before.get(entry.path)
            self._files[entry.path] = known if known and known[0] == key else (key, tuple(_read(entry.path)))
        return self._files != before

    def errors_for(self, path: str) -> list[PastError]:
        """Return the errors in the file at `path`, as of the last look, the latest first."""
        real, oldest = os.path.realpath(path), time.time() - MAX_AGE_SECONDS
        found = [
            past
            for _, errors in self._files.values()
            for past in errors
            if past.place.path == real and past.at >= oldest
        ]
        return sorted(found, key=lambda past: -past.at)


def _with_own_frames(error: RunError) -> RunError | None:
    if error.type in _ENDED_BY_USER:
        return None
    own = reversed(own_frames(error)[:_MAX_FRAMES])
    frames = tuple(replace(frame, path=os.path.realpath(frame.path), text=frame.text[:_MAX_TEXT]) for frame in own)
    return replace(error, message=error.message[:_MAX_TEXT], frames=frames) if frames else None


def _file_of(program: Program) -> Path:
    import hashlib  # here: most programs run clean

    name = hashlib.sha256(json.dumps(program).encode()).hexdigest()[:32]
    return folder() / f"{name}.json"


def _write(path: Path, data: bytes) -> None:
    """Replace a file atomically, for the user alone."""
    import tempfile

    path.parent.parent.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if os.name == "posix" and stat.S_IMODE(os.stat(path.parent).st_mode) != 0o700:
        os.chmod(path.parent, 0o700)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _remove_oldest() -> None:
    """Remove the files that are too old, and the oldest of too many."""
    found = sorted(_files(), key=lambda file: file[1].st_mtime, reverse=True)
    oldest = time.time() - MAX_AGE_SECONDS
    for number, (entry, status) in enumerate(found):
        if number >= MAX_PROGRAMS or status.st_mtime < oldest:
            with suppress(OSError):
                os.unlink(entry.path)


def _files() -> Iterator[tuple[os.DirEntry[str], os.stat_result]]:
    """Yield the files of the folder that may be ours: plain ones of the user's own, of a size that we write."""
    with suppress(OSError), os.scandir(folder()) as entries:
        for entry in entries:
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                is_plain = stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES
                is_ours = os.name != "posix" or status.st_uid == os.getuid()
                if entry.name.endswith(".json") and is_plain and is_ours:
                    yield entry, os.stat(entry.path, follow_symlinks=False) if os.name == "nt" else status


def _read(path: str) -> Iterator[PastError]:
    """Yield the errors in a file; none if it is not what we write."""
    try:
        with open(path, "rb") as file:
            content: Any = json.loads(file.read(MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return
    if not isinstance(content, dict) or content.get("version") != VERSION:
        return
    texts = [content.get("folder"), content.get("name")]
    at, errors = content.get("at"), content.get("errors")
    if not (all(isinstance(text, str) for text in texts) and isinstance(at, (int, float)) and isinstance(errors, list)):
        return
    program = Program(*(_plain(str(text)) for text in texts))
    for item in errors[:_MAX_ERRORS]:
        error = error_from_json(item)
        if error is not None and error.frames and 0 <= at <= time.time() + MAX_AGE_SECONDS:
            yield PastError(program, float(at), replace(error, type=_plain(error.type), message=_plain(error.message)))


def _plain(text: str) -> str:
    """Return a text that can be shown: of bounded length, on lines that are text, without half characters."""
    shown = text[:_MAX_TEXT].encode("utf-8", "replace").decode("utf-8")
    return "".join(character if character.isprintable() or character == "\n" else " " for character in shown)
