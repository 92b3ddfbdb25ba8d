"""Recognition of Python files."""

from __future__ import annotations

from quickfix_ls.documents.files import Files


def encoding_of(data: bytes) -> str:
    """Return the encoding of a file, by its cookie (PEP 263) or its byte order mark. Raises SyntaxError if there is no
    such encoding."""
    import io
    import tokenize

    return tokenize.detect_encoding(io.BytesIO(data).readline)[0]


FILES = Files("Python", "python", (".py", ".pyi", ".pyw"), (".py",), encoding_of)
