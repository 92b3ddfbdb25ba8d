"""Conversion of tokens to words of the language model: the tokens that are words themselves, the classes that replace
others, and the markers of line starts."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.languages.python.statement_lines import begins_statement
from quickfix_ls.lexing.layout import Line
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.plausibility.tokenizer import ModelTokenizer

LINE, INDENT, DEDENT, FAR_DEDENT, ODD_DEDENT = "<line>", "<indent>", "<dedent>", "<dedents>", "<odd dedent>"
LINE_WORDS = frozenset({LINE, INDENT, DEDENT, FAR_DEDENT, ODD_DEDENT})
NAME, CLASS, CONSTANT, ATTRIBUTE = "<name>", "<Name>", "<NAME>", "<.name>"
NUMBER, STRING, BAD_STRING, ERROR = "<number>", "<string>", "<bad string>", "<error>"
CLASSES = (
    LINE, INDENT, DEDENT, FAR_DEDENT, ODD_DEDENT,
    NAME, CLASS, CONSTANT, ATTRIBUTE, NUMBER, STRING, BAD_STRING, ERROR,
)  # fmt: skip
"""Words that represent many tokens. No token can be spelt like them."""


TokenizerState = tuple[tuple[int, ...], int]
"""The open indentations at the beginning of a line, and the number of open brackets."""


class PythonLineTokenizer:
    """Converts tokens to words, line by line; two in the same state give the same words for the same lines."""

    def __init__(self, state: TokenizerState = ((), 0)) -> None:
        self._levels, self._depth = [*state[0]], state[1]

    @property
    def state(self) -> TokenizerState:
        return tuple(self._levels), self._depth

    def line(self, tokens: Sequence[Token], line: Line) -> list[str]:
        """Return the words of the next line: see `words_of`."""
        words: list[str] = []
        append, depth = words.append, self._depth
        if not depth or begins_statement(tokens, line):
            append(_line_word(self._levels, line.indent))
            depth = 0
        after_dot = False
        for kind, text, _start, _end in tokens[line.first : line.last]:
            if kind == "name":
                append("." + text if after_dot else text)
            elif kind == "op" or kind == "keyword" or kind == "number":
                append(text)
                if text in OPENERS:
                    depth += 1
                elif text in CLOSERS and depth:
                    depth -= 1
            elif kind != "comment":
                append(_CLASS_OF_KIND.get(kind, ERROR))
            after_dot = text == "."
        self._depth = depth
        return words


def words_of(tokens: Sequence[Token]) -> list[str]:
    """Return the words of source text: its tokens without comments; an attribute preceded by its dot in one word (the
    dot is also a word of its own); strings by class; and before each logical line one of `LINE`, `INDENT`, `DEDENT`,
    `FAR_DEDENT` (several levels) and `ODD_DEDENT` (to a level that is not open).

    A line inside of brackets starts a logical line only if it can hardly be anything else, so that an unclosed bracket
    does not swallow the rest of the source.
    """
    return TOKENIZER.words(tokens)


def class_of(word: str) -> str:
    """Return the class that represents a word that the vocabulary lacks."""
    first = word[0]
    if first == "." and len(word) > 1 and not word[1].isdigit():
        return ATTRIBUTE
    if first.isdigit() or first == ".":
        return NUMBER
    if not (first.isalpha() or first == "_"):
        return ERROR
    if word.isupper() and len(word) > 1:
        return CONSTANT
    return CLASS if first.isupper() else NAME


_CLASS_OF_KIND = {"string": STRING, "badstring": BAD_STRING, "error": ERROR}


def _line_word(levels: list[int], indent: int) -> str:
    if not levels or indent == levels[-1]:
        if not levels:
            levels.append(indent)
        return LINE
    if indent > levels[-1]:
        levels.append(indent)
        return INDENT
    closed = 0
    while len(levels) > 1 and levels[-1] > indent:
        levels.pop()
        closed += 1
    if levels[-1] != indent:
        levels.append(indent)
        return ODD_DEDENT
    return DEDENT if closed == 1 else FAR_DEDENT


TOKENIZER = ModelTokenizer(PythonLineTokenizer, PythonLineTokenizer, class_of, LINE_WORDS)
