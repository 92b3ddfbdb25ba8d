"""Python as training and evaluation see it: the person's text is the target, compared by the tokens of `tokenize`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.plausibility import FILE
from quickfix_ls.training import exactness
from quickfix_ls.training.name_fixes import is_right
from quickfix_ls.training.rows import Row, RowFile
from quickfix_ls.training.subjects import Subject
from quickfix_ls.values import Span

CORPUS_ROWS, QUICK_ROWS = 5000, 150
EVERYDAY_EACH, QUICK_EACH = 40, 1
"""The number of rows for each error of an everyday hour (`breaking.everyday`)."""
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


def _train_token_model(sources: Sequence[RowFile], folder: Path, advance: Callable[[int, int], None]) -> None:
    from quickfix_ls.training.model_files import today
    from quickfix_ls.training.plausibility import train_plausibility
    from quickfix_ls.training.source_files import plausibility_files

    train_plausibility(plausibility_files(), folder / FILE, date=today(), progress=advance)


def _made_rows(
    sources: Sequence[RowFile], seed: int, quick: bool, advance: Callable[[int], None], jobs: int
) -> list[Row]:
    from quickfix_ls.training.inputs import corpus_rows

    wanted, each = (QUICK_ROWS, QUICK_EACH) if quick else (CORPUS_ROWS, EVERYDAY_EACH)
    return [*corpus_rows(seed, wanted, each, advance, jobs)]


def _made_count(quick: bool) -> int:
    from quickfix_ls.languages.python.breaking.everyday import all_everyday

    wanted, each = (QUICK_ROWS, QUICK_EACH) if quick else (CORPUS_ROWS, EVERYDAY_EACH)
    return wanted + each * len(all_everyday())


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
    train_token_model=_train_token_model,
    made_rows=_made_rows,
    made_count=_made_count,
    corpus="correct code of the standard library and installed packages, broken by realistic errors",
)
