"""A pytest plugin with a real PostgreSQL server: the fixture `postgres`, skipped with a reason where the server's
programs or the driver are absent.

The server runs in a temporary folder, listens on a Unix socket only, and asks for no password. It is started when a
test first needs it, and stopped at the end of the run. It refuses to run as root, so root starts it as another user.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

_DEBIAN = "/usr/lib/postgresql"
_ADMINISTRATOR = "postgres"
_SECONDS = 60
_OPTIONS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c shared_buffers=16MB -c max_connections=20"


class PostgresServer:
    """A running server, which listens on a socket in `folder`."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)

    def url(self, database: str, user: str = _ADMINISTRATOR, password: str = "") -> str:
        """Return SQLAlchemy's URL of a database. The server accepts any password."""
        secret = f":{quote(password)}" if password else ""
        return f"postgresql+psycopg://{user}{secret}@/{database}?host={quote(self.folder)}"

    def execute(self, database: str, statements: str) -> None:
        """Execute statements in a database, and commit them."""
        import psycopg

        with psycopg.connect(dbname=database, user=_ADMINISTRATOR, host=self.folder, autocommit=True) as connection:
            connection.execute(statements.encode())

    def new_database(self, statements: str = "") -> str:
        """Create a database, execute statements in it, and return its name."""
        name = f"test_{next(self._numbers)}"
        self.execute(_ADMINISTRATOR, f"CREATE DATABASE {name}")
        if statements:
            self.execute(name, statements)
        return name


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this run's own."""
    pytest.importorskip("psycopg", reason="the driver psycopg is not installed")
    if _programs() is None:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed")
    with running() as server:
        yield server


@contextmanager
def running() -> Iterator[PostgresServer]:
    """Run a server as long as the context lasts. Raises OSError where its programs are not installed or fail."""
    programs = _programs()
    if programs is None:
        raise FileNotFoundError("PostgreSQL's initdb and pg_ctl are not installed")
    # A socket's path has at most about 100 characters, so this is not below pytest's own folder.
    folder = tempfile.mkdtemp(prefix="qls-pg-")
    account = _account(folder)
    data = str(Path(folder, "data"))
    try:
        _run([str(programs / "initdb"), "-D", data, "-U", _ADMINISTRATOR, "-A", "trust", "-N", "-E", "UTF8"], account)
        control = [str(programs / "pg_ctl"), "-D", data, "-w", "-t", str(_SECONDS)]
        _run([*control, "-l", f"{folder}/log", "-o", f"-k {folder} {_OPTIONS}", "start"], account)
        try:
            yield PostgresServer(folder)
        finally:
            _run([*control, "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """Return the folder of the server's programs: on the PATH, or where Debian keeps them."""
    if sys.platform == "win32":
        return None
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).resolve().parent
    return max(Path(_DEBIAN).glob("*/bin"), key=lambda folder: int(folder.parent.name), default=None)


def _account(folder: str) -> dict[str, Any]:
    """Return the arguments of `subprocess` to run as a user that the server accepts, who gets the folder."""
    if os.geteuid() != 0:
        return {"cwd": folder}
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get(_ADMINISTRATOR) or known["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"cwd": folder, "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _run(command: Sequence[str], account: dict[str, Any]) -> None:
    # The server inherits the output, so that a pipe would never end.
    with tempfile.TemporaryFile("w+") as output:
        try:
            code = subprocess.call(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, timeout=2 * _SECONDS, **account
            )
        except subprocess.TimeoutExpired:
            code = None
        if code != 0:
            output.seek(0)
            raise OSError(f"{' '.join(command)}: exit status {code}\n{output.read()}")
