"""Train Python's token model: read files, choose the vocabulary, write the model and its card."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from quickfix_ls.languages.python.lexer import KEYWORDS, lex
from quickfix_ls.languages.python.token_words import (
    ATTRIBUTE,
    CLASS,
    CLASSES,
    CONSTANT,
    NAME,
    NUMBER,
    class_of,
    words_of,
)
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.training.source_files import HELD_OUT, SourceFile, data_hash, source_files
from quickfix_ls.training.token_model import write_token_model
from quickfix_ls.training.trained_language import trained_language

Progress = Callable[[int, int], None]

FREQUENT_NAMES, FREQUENT_ATTRIBUTES, FREQUENT_NUMBERS = 1500, 800, 12
_GROUPS = {NAME: "name", CLASS: "name", CONSTANT: "name", ATTRIBUTE: "attribute", NUMBER: "number"}
_OPERATORS = (
    "( ) [ ] { } , : ; . = == != < > <= >= <> + - * / // % @ ** & | ^ ~ << >> -> := ... "
    "+= -= *= /= //= %= @= &= |= ^= >>= <<= **="
)
_FIXED = KEYWORDS | frozenset(_OPERATORS.split(" "))
LARGEST = 1_270_000
"""The number of n-grams that are kept; with three bytes each, and three more for contexts, they take less than 6 MB."""


def train_plausibility(
    files: Sequence[SourceFile],
    out: Path,
    *,
    order: int = 5,
    largest: int = LARGEST,
    date: str = "",
    progress: Progress | None = None,
    held_out: Sequence[SourceFile] | None = None,
) -> dict[str, Any]:
    """Train on the files, write `out` and its card beside it (`.json`), and return the card.

    Deterministic: the same files give the same bytes. `date` is copied into the card. `progress` is called with the
    number of files read and their total. `held_out` are the files to measure on (None: those of `HELD_OUT`). Raises
    OSError if `out` can't be written.
    """
    texts: list[str] = []
    files_words: list[list[str]] = []
    known: set[str] = set()
    for done, file in enumerate(files, 1):
        text = file.text()
        # Packages carry copies of each other's files.
        if text and text not in known:
            known.add(text)
            texts.append(text)
            files_words.append(words_of(lex(text)))
        if progress:
            progress(done, len(files))
    words = vocabulary_of(files_words)
    facts = write_token_model(out, files_words, words, class_of, order, largest)
    card = {
        "what": "token language model of Python, back-off n-grams",
        "data": "the standard library and installed packages under permissive licences, without tests",
        "packages": sorted({file.package for file in files}),
        "data_sha256": data_hash(texts),
        "files": len(texts),
        "date": date,
        **facts,
        "held_out": list(HELD_OUT) if held_out is None else sorted({file.package for file in held_out}),
        "held_out_bits_per_symbol": bits_per_symbol(
            Plausibility.load(trained_language().tokenizer, out),
            source_files(only=HELD_OUT) if held_out is None else held_out,
        ),
    }
    out.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    return card


def bits_per_symbol(model: Plausibility, files: Sequence[SourceFile]) -> float | None:
    """Return the cross-entropy of the model on the files, in bits per symbol; None if no file can be read."""
    bits, count = 0.0, 0
    for file in files:
        symbols = model.symbols(lex(file.text() or ""))
        bits -= model.score(symbols)
        count += len(symbols)
    return round(bits / count, 4) if count else None


def vocabulary_of(files_words: Sequence[Sequence[str]]) -> list[str]:
    """Return the classes, all keywords and operators, and the names, attributes and numbers that most files use."""
    in_files: Counter[str] = Counter()
    for words in files_words:
        in_files.update(set(words))
    by_frequency = sorted(in_files, key=lambda word: (-in_files[word], word))
    limits = {
        "name": FREQUENT_NAMES,
        "attribute": FREQUENT_ATTRIBUTES,
        "number": FREQUENT_NUMBERS,
        "fixed": 400,
    }
    kept: list[str] = list(CLASSES)
    for word in by_frequency:
        group = "fixed" if word in _FIXED else _GROUPS.get(class_of(word), "fixed")
        if word not in CLASSES and limits[group] > 0:
            limits[group] -= 1
            kept.append(word)
    return kept + sorted(_FIXED.difference(kept))
