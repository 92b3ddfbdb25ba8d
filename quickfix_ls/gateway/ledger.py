"""The ledger of all exchanges (time, server, model, tokens) in an SQLite file in the user's state folder, and the spend
caps.

A row is written before its request is sent, with the maximum of tokens, and updated with the real figures when the
answer has ended. So several processes together can't pass a cap, and a crash counts as the maximum. No row holds text
of a prompt or an answer.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from quickfix_ls.errors import WithheldError
from quickfix_ls.refused_changes import state_file
from quickfix_ls.values import Usage

CallOutcome = Literal["open", "complete", "cut", "failed", "closed"]
"""The outcome of an exchange: `open` while it lasts; `complete`; `cut` if the answer was cut off or malformed; `failed`
if the server refused or failed before the first piece; `closed` if we closed it."""

_KEPT_SECONDS = 400 * 86_400
_BUSY_SECONDS = 2.0
_TABLE = """
CREATE TABLE IF NOT EXISTS exchanges (
    id INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    server TEXT NOT NULL,
    model TEXT NOT NULL,
    metered INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    received INTEGER NOT NULL,
    cached INTEGER NOT NULL DEFAULT 0,
    outcome TEXT NOT NULL DEFAULT 'open'
);
CREATE INDEX IF NOT EXISTS exchanges_at ON exchanges (at);
"""


class Caps(NamedTuple):
    """The limits of tokens, sent and received, per calendar day and month in the local time zone; None: no limit."""

    daily: int | None = None
    monthly: int | None = None


class LedgerEntry(NamedTuple):
    """A row of the ledger. `at` is in seconds since the epoch, `server` is the host and port."""

    at: float
    server: str
    model: str
    metered: bool
    sent: int
    received: int
    cached: int
    outcome: str


def ledger_file() -> Path:
    """Return the path of the ledger; the file need not exist."""
    return state_file().with_name("ledger.sqlite3")


class Ledger:
    """The ledger in one file, safe with several processes. `now` is a clock in seconds since the epoch."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._path, self._now = path, now
        self._open: sqlite3.Connection | None = None

    def begin(self, server: str, model: str, limit: Usage, caps: Caps | None = None) -> int:
        """Record an exchange that may use at most `limit` tokens; return its number.

        `caps` is None for an exchange that costs nothing and is not counted. Raises WithheldError if the exchange could
        pass a cap, or if the file can't be written.
        """
        with self._transaction() as connection:
            if caps is not None:
                self._check(connection, caps, limit.sent + limit.received)
            row = (self._now(), server, model, caps is not None, limit.sent, limit.received)
            columns = "at, server, model, metered, sent, received"
            done = connection.execute(f"INSERT INTO exchanges ({columns}) VALUES (?, ?, ?, ?, ?, ?)", row)
            return int(done.lastrowid or 0)

    def end(self, number: int, took: Usage, outcome: CallOutcome) -> None:
        """Record the tokens that an exchange really used, and its outcome.

        Raises WithheldError if the file can't be written.
        """
        with self._transaction() as connection:
            connection.execute(
                "UPDATE exchanges SET sent = ?, received = ?, cached = ?, outcome = ? WHERE id = ?",
                (took.sent, took.received, took.cached, outcome, number),
            )

    def entries(self, since: float = 0.0) -> tuple[LedgerEntry, ...]:
        """Return all rows from the time `since` on, the oldest first."""
        with self._transaction() as connection:
            rows = connection.execute(
                f"SELECT {', '.join(LedgerEntry._fields)} FROM exchanges WHERE at >= ? ORDER BY id", (since,)
            )
            return tuple(LedgerEntry(*row)._replace(metered=bool(row[3])) for row in rows)

    def taken_today(self) -> int:
        """Return the tokens that paid models took today, sent and received.

        Raises WithheldError if the file can't be read.
        """
        with self._transaction() as connection:
            return _taken(connection, _beginnings(self._now())[0])

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def _check(self, connection: sqlite3.Connection, caps: Caps, more: int) -> None:
        day, month = _beginnings(self._now())
        for cap, since, name, key in (
            (caps.daily, day, "today", "dailyTokens"),
            (caps.monthly, month, "this month", "monthlyTokens"),
        ):
            if cap is None:
                continue
            taken = _taken(connection, since)
            if taken + more > cap:
                raise WithheldError(
                    f"{taken} tokens were taken {name}, and {more} more could pass the cap of {cap}: nothing was sent. "
                    f"Raise `{key}` in your editor's settings, if you want."
                )

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._open = self._open or self._connected()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise WithheldError(
                f"{self._path}: the ledger can't be read or written ({error}), so nothing is sent. Mend or delete it."
            ) from error

    def _connected(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            _set_mode(connection)
            # In this mode a loss of power may lose the last rows, but never damages the file.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_TABLE)
            connection.execute("DELETE FROM exchanges WHERE at < ?", (self._now() - _KEPT_SECONDS,))
        except BaseException:
            connection.close()
            raise
        return connection


def _taken(connection: sqlite3.Connection, since: float) -> int:
    """Return the tokens that paid models took from the time `since` on."""
    query = "SELECT COALESCE(SUM(sent + received), 0) FROM exchanges WHERE metered AND at >= ?"
    return int(connection.execute(query, (since,)).fetchone()[0])


def _set_mode(connection: sqlite3.Connection) -> None:
    """Permit readers and a writer at the same time (WAL mode).

    While another process sets the mode, SQLite fails at once instead of waiting as it does elsewhere, hence the retry.
    """
    from stamina import retry_context

    for attempt in retry_context(on=sqlite3.OperationalError, attempts=None, timeout=_BUSY_SECONDS, wait_initial=0.01):
        with attempt:
            connection.execute("PRAGMA journal_mode = WAL")


def _beginnings(now: float) -> tuple[float, float]:
    """Return the beginnings of the day and of the month, in this machine's time zone."""
    today = time.localtime(now)
    day = time.mktime((today.tm_year, today.tm_mon, today.tm_mday, 0, 0, 0, 0, 0, -1))
    return day, time.mktime((today.tm_year, today.tm_mon, 1, 0, 0, 0, 0, 0, -1))
