"""Files on disk: finds the source files, reads them in their language's encoding, and writes them atomically."""

from __future__ import annotations

import codecs
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from quickfix_ls.commands.notebook_check import rewritten
from quickfix_ls.documents.formats.notebook_file import NotebookError, NotebookFile
from quickfix_ls.documents.formats.notebook_text import joined, sources_in
from quickfix_ls.errors import UsageError
from quickfix_ls.languages import EXPECTED, all_files, name_for

STDIN = "-"
NOTEBOOK = ".ipynb"
_SKIPPED = frozenset({"site-packages", "node_modules", "venv", "env", "__pypackages__"})


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    """A file that was read: `text` is its decoded source, with its line ends unchanged.

    `encoding` is the encoding that the file declares; `data` are the bytes that were read. Of a `notebook`, `text` is
    that of its code cells: see `documents.formats.notebook_text`.
    """

    path: str
    text: str
    encoding: str
    data: bytes
    notebook: NotebookFile | None = None

    @property
    def name(self) -> str:
        """The file's name in messages."""
        return "<stdin>" if self.path == STDIN else self.path


def find_sources(
    paths: Sequence[str],
    excludes: Callable[[str], bool] = lambda path: False,
    *,
    even_named: bool = False,
    failed: Callable[[str], None] = lambda message: None,
) -> Iterator[str]:
    """Yield the named files, and the source files in the named folders, each once, those of a folder in sorted order.

    Hidden folders, virtual environments, `site-packages` and `node_modules` are skipped unless named. So are the paths
    for which `excludes` returns True; with `even_named` these are skipped even if named. `failed` is called with a
    message about each folder that can't be read.
    """
    seen: set[str] = set()
    for path in paths:
        if even_named and path != STDIN and excludes(path):
            continue
        for found in _walk(path, excludes, failed) if os.path.isdir(path) else (path,):
            real = found if found == STDIN else os.path.realpath(found)
            if real not in seen:
                seen.add(real)
                yield found


def read_source(path: str, stdin_name: str = "", *, notebooks: bool = False) -> FileOnDisk:
    """Read a file, or standard input for `-`, whose name may be given. Raises UsageError, with the reason, if it can't
    be read or decoded, or is a notebook where `notebooks` are not wanted."""
    is_notebook = (stdin_name if path == STDIN else path).endswith(NOTEBOOK)
    if is_notebook and not notebooks:
        raise UsageError(f"{path}: a notebook is not read here; `quickfix-ls fix` reads it")
    try:
        if path != STDIN and not _is_readable(os.stat(path).st_mode):
            raise UsageError(f"{path}: can't be read: it is no file")
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
        if is_notebook:
            return _notebook(path, data)
        name = stdin_name if path == STDIN else path
        encoding = all_files()[name_for("", name) or EXPECTED].encoding_of(data)
        return FileOnDisk(path, data.decode(encoding), encoding, data)
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror}") from error
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else str(error)
        raise UsageError(f"{path}: can't be decoded: {reason}") from error


def _notebook(path: str, data: bytes) -> FileOnDisk:
    """Return the notebook with these bytes. Raises UsageError if it is none that can be read, or UnicodeDecodeError."""
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        notebook = NotebookFile(data.decode(encoding))
        text = joined(cell.source for cell in notebook.cells)
    except NotebookError as error:
        raise UsageError(f"{path}: can't be read: {error}") from error
    return FileOnDisk(path, text, encoding, data, notebook)


def write_source(source: FileOnDisk, text: str) -> None:
    """Replace the content of a file by `text`, atomically, in the file's encoding and with its permissions.

    A symbolic link's target is written. The text of standard input is written to standard output. Raises UsageError,
    and leaves the file unchanged, if it can't be written, has changed since it was read, or its encoding can't encode
    the text.
    """
    data = encode(source, text)
    if source.path == STDIN:
        sys.stdout.buffer.write(data)
        return
    real = os.path.realpath(source.path)
    try:
        if not os.path.isfile(real):
            raise UsageError(f"{source.path}: not changed: it is no file")
        # A rename would replace even a read-only file.
        if not os.access(real, os.W_OK):
            raise UsageError(f"{source.path}: not changed: it is read-only")
        if Path(real).read_bytes() != source.data:
            raise UsageError(f"{source.path}: not changed: it was changed meanwhile; run the command again")
        _replace(real, data)
    except OSError as error:
        raise UsageError(f"{source.path}: not changed: can't be written: {error.strerror}") from error


def encode(source: FileOnDisk, text: str) -> bytes:
    """Return `text` in the encoding of `source`.

    Raises UsageError if the encoding can't encode it, or would not even reproduce the bytes of the unchanged text.
    """
    if text == source.text:
        return source.data
    notebook = source.notebook
    before = source.text if notebook is None else notebook.text
    try:
        after = text if notebook is None else rewritten(notebook, sources_in(text))
        if before.encode(source.encoding) != source.data:
            raise UsageError(f"{source.path}: not changed: its bytes are not plain {source.encoding}")
        return after.encode(source.encoding)
    except (NotebookError, UnicodeEncodeError) as error:
        raise UsageError(f"{source.path}: not changed: {error}") from error


def _is_readable(mode: int) -> bool:
    """Return whether a path of this mode has an end: a file, or what another program writes into a pipe."""
    return stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISDIR(mode)


def _replace(path: str, data: bytes) -> None:
    """Write a temporary file and rename it to `path`. Raises OSError."""
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
    # Only the superuser may change the owner; for other users it is right already.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        status = os.stat(path)
        os.chown(temporary, status.st_uid, status.st_gid)
        shutil.copymode(path, temporary)


def _walk(folder: str, excludes: Callable[[str], bool], failed: Callable[[str], None]) -> Iterator[str]:
    """Yield the source files in a folder and its subfolders."""

    def unreadable(error: OSError) -> None:
        failed(f"{error.filename}: can't be read: {error.strerror}")

    suffixes = (NOTEBOOK, *(suffix for files in all_files().values() for suffix in files.searched))
    for here, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in _entered(here, folders) if not excludes(os.path.join(here, name)))
        for name in sorted(files):
            path = os.path.join(here, name)
            if name.endswith(suffixes) and not name.startswith(".") and not excludes(path):
                yield path


def _entered(here: str, folders: Iterable[str]) -> Iterator[str]:
    """Yield the names of subfolders of `here` that are searched."""
    for name in folders:
        is_environment = os.path.exists(os.path.join(here, name, "pyvenv.cfg"))
        if not (name.startswith(".") or name in _SKIPPED or is_environment):
            yield name
