"""Conversion of SQL tokens to words of the token model."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from quickfix_ls.lexing.layout import Line
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.plausibility.tokenizer import ModelTokenizer

NAME, QUOTED, NUMBER, STRING, BAD_STRING, ERROR = (
    "<name>",
    "<quoted>",
    "<number>",
    "<string>",
    "<bad string>",
    "<error>",
)
CLASSES = (NAME, QUOTED, NUMBER, STRING, BAD_STRING, ERROR)
"""Words that represent many tokens. No token can be spelt like them."""

_CLASS_OF_KIND = {"string": STRING, "badstring": BAD_STRING, "number": NUMBER}


class SqlLineTokenizer:
    """Converts tokens to words in lower case. Lines mean nothing in SQL, so there is no state."""

    @property
    def state(self) -> Hashable:
        return ()

    def line(self, tokens: Sequence[Token], line: Line) -> list[str]:
        """Return the words of the next line."""
        return [
            _CLASS_OF_KIND.get(token.kind) or (QUOTED if token.text[0] in '"`' else token.text.lower())
            for token in tokens[line.first : line.last]
            if token.kind != "comment"
        ]


def class_of(word: str) -> str:
    """Return the class that represents a word that the vocabulary lacks."""
    return NAME if word[0].isalpha() or word[0] == "_" else ERROR


TOKENIZER = ModelTokenizer(SqlLineTokenizer, lambda state: SqlLineTokenizer(), class_of, frozenset())
