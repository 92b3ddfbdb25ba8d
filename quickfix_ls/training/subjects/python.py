"""Python as training and evaluation see it: the person's text is the target, compared by the tokens of `tokenize`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.training import exactness
from quickfix_ls.training.name_fixes import is_right
from quickfix_ls.training.rows import Row
from quickfix_ls.training.subjects import Subject
from quickfix_ls.values import Span

_PIECES = re.compile(r"\w+|[^\w\s]")


def words(text: str) -> list[str]:
    """Return the tokens and each code line's indentation, without comments and blank lines.

    A string with line ends is split into words, so that code which a missing quote turned into a string has its usual
    length.
    """
    found: list[str] = []
    at_start = True
    for token in lex(text):
        if token.kind == "newline":
            at_start = True
        elif token.kind != "comment":
            if at_start:
                indent = re.match(r"[ \t]*", text[text.rfind("\n", 0, token.start) + 1 :])
                found.append("\n" + (indent.group() if indent else ""))
                at_start = False
            found += _PIECES.findall(token.text) if "\n" in token.text else [token.text]
    return found


def _environments(path: Path, schemas: Path | None) -> Callable[[Mapping[str, Any]], None]:
    return lambda value: None


def _asked(row: Row, snapshot: Snapshot) -> Span:
    return snapshot.line_span(row.line - 1)


SUBJECT = Subject(
    name="python",
    kind=lambda value: str(value["kind"]),
    environments=_environments,
    target=lambda value: (value["fixed"], value["edit_tokens"], bool(value.get("plain", True))),
    asked=_asked,
    is_exact=exactness.is_exact,
    words=words,
    is_right=lambda row, text: is_right(row.kind, row.error, row.broken, text, row.fixed),
    is_well_formed=lambda row, text: exactness.is_well_formed(text),
)
