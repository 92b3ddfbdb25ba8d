"""Files on disk: find those of our languages, read them as their language does, and write them whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from quickfix_ls.errors import UsageError
from quickfix_ls.languages import EXPECTED, all_files, name_for

STDIN = "-"
_SKIPPED = frozenset({"site-packages", "node_modules", "venv", "env", "__pypackages__"})


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    """The text of a file, as its language decodes it, its line ends untouched.

    `encoding` is the one that the file itself tells; `data` are the bytes that were read.
    """

    path: str
    text: str
    encoding: str
    data: bytes

    @property
    def name(self) -> str:
        """How messages call it."""
        return "<stdin>" if self.path == STDIN else self.path


def find_sources(
    paths: Sequence[str], excludes: Callable[[str], bool] = lambda path: False, *, even_named: bool = False
) -> Iterator[str]:
    """Every path that is named, and the files of our languages in every folder that is, each once, in sorted order.

    Hidden folders, virtual environments, `site-packages` and `node_modules` are skipped unless named; so is what
    `excludes` says, which goes for named ones too where `even_named`.
    """
    seen: set[str] = set()
    for path in paths:
        if even_named and path != STDIN and excludes(path):
            continue
        for found in _walk(path, excludes) if os.path.isdir(path) else (path,):
            real = found if found == STDIN else os.path.realpath(found)
            if real not in seen:
                seen.add(real)
                yield found


def read_source(path: str) -> FileOnDisk:
    """Read a file, or standard input for `-`. Raises UsageError, with the reason, where it can't be read."""
    try:
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
        encoding = all_files()[name_for("", path) or EXPECTED].encoding_of(data)
        return FileOnDisk(path, data.decode(encoding), encoding, data)
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror}") from error
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else str(error)
        raise UsageError(f"{path}: can't be decoded: {reason}") from error


def write_source(source: FileOnDisk, text: str) -> None:
    """Put `text` in the place of `source.text`: in the file's encoding, all of it or nothing, with the
    file's permissions; of a symbolic link the target is written. Standard input goes to standard output.

    Raises UsageError, and leaves the file as it is, where it can't be written, has changed since it was
    read, or can't hold the text in its encoding.
    """
    data = encode(source, text)
    if source.path == STDIN:
        sys.stdout.buffer.write(data)
        return
    real = os.path.realpath(source.path)
    try:
        # A rename would replace a read-only file without asking.
        if not os.access(real, os.W_OK):
            raise UsageError(f"{source.path}: not changed: it is read-only")
        if Path(real).read_bytes() != source.data:
            raise UsageError(f"{source.path}: not changed: it was changed meanwhile; run the command again")
        _replace(real, data)
    except OSError as error:
        raise UsageError(f"{source.path}: not changed: can't be written: {error.strerror}") from error


def encode(source: FileOnDisk, text: str) -> bytes:
    """`text` in the encoding of `source`. Raises UsageError where the encoding can't express it, or where
    even the text as it was would not come back byte by byte."""
    if text == source.text:
        return source.data
    try:
        if source.text.encode(source.encoding) != source.data:
            raise UsageError(f"{source.path}: not changed: its bytes are not plain {source.encoding}")
        return text.encode(source.encoding)
    except UnicodeEncodeError as error:
        raise UsageError(f"{source.path}: not changed: {error}") from error


def _replace(path: str, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".quickfix-ls-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, temporary)
        _keep_owner(path, temporary)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _keep_owner(path: str, temporary: str) -> None:
    # Only the superuser may give files away; for everybody else the owner is right already.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        status = os.stat(path)
        os.chown(temporary, status.st_uid, status.st_gid)
        shutil.copymode(path, temporary)


def _walk(folder: str, excludes: Callable[[str], bool]) -> Iterator[str]:
    suffixes = tuple(suffix for files in all_files().values() for suffix in files.searched)
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in _entered(here, folders) if not excludes(os.path.join(here, name)))
        for name in sorted(files):
            path = os.path.join(here, name)
            if name.endswith(suffixes) and not name.startswith(".") and not excludes(path):
                yield path


def _entered(here: str, folders: Iterable[str]) -> Iterator[str]:
    for name in folders:
        is_environment = os.path.exists(os.path.join(here, name, "pyvenv.cfg"))
        if not (name.startswith(".") or name in _SKIPPED or is_environment):
            yield name
