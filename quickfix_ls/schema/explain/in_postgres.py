"""Ask a PostgreSQL database whether it prepares a query.

The server gets one message `Parse` of its protocol, in a read-only transaction with time limits that is rolled back. It
parses a single statement and looks up its names and types; it makes no plan and runs nothing, not even a constant
function.
"""

from __future__ import annotations

import math
import re

from quickfix_ls.schema.explain.engine import ACCEPTED, Engine, Explained

_DRIVER = re.compile(r"^\w+(?:\+\w+)?://")
_ABOUT_IT = ("42", "22", "0A")
_DENIED = "42501"


def _explain(url: str, statement: str, seconds: float) -> Explained:
    """Prepare a query in the database of a URL like `postgresql://user@host/database`."""
    try:
        import psycopg
        from psycopg import pq
    except ImportError:
        return Explained("unknown", "the package psycopg is not installed")
    milliseconds = max(1, int(seconds * 1000))
    try:
        uri = _DRIVER.sub("postgresql://", url)
        with psycopg.connect(
            uri,
            autocommit=True,
            application_name="quickfix-ls",
            connect_timeout=math.ceil(seconds),
            tcp_user_timeout=milliseconds,
        ) as connection:
            connection.execute("BEGIN READ ONLY")
            connection.execute(f"SET LOCAL statement_timeout = {milliseconds}")
            connection.execute(f"SET LOCAL lock_timeout = {milliseconds}")
            result = connection.pgconn.prepare(b"", statement.encode(connection.info.encoding))
            code = (result.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode()
            message = (result.error_field(pq.DiagnosticField.MESSAGE_PRIMARY) or b"").decode(errors="replace")
            is_accepted = result.status == pq.ExecStatus.COMMAND_OK
            connection.execute("ROLLBACK")
    except (psycopg.Error, UnicodeError) as error:
        return Explained("unknown", type(error).__name__)
    if is_accepted:
        return ACCEPTED
    is_rejected = code.startswith(_ABOUT_IT) and code != _DENIED
    return Explained("rejected" if is_rejected else "unknown", message)


ENGINE = Engine("postgres", ("postgresql", "postgres"), _explain)
