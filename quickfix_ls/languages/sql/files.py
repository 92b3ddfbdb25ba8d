"""Recognition of SQL files."""

from __future__ import annotations

from quickfix_ls.documents.files import Files


def encoding_of(data: bytes) -> str:
    """Return the encoding of a file, by its byte order mark; UTF-8 without one."""
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
    return next((encoding for mark, encoding in marks.items() if data.startswith(mark)), "utf-8")


SUFFIXES = (".sql", ".ddl", ".dml", ".pgsql", ".psql", ".hql")
FILES = Files("SQL", "sql", SUFFIXES, (".sql",), encoding_of)
