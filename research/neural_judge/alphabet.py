"""What the network sees of a step, and what it is asked: a window of words around the error, and which of them change.

The words are those of the n-gram model (`quickfix_ls/languages/python/token_words.py`), so that the two judges differ
in how they judge and not in what they read."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from quickfix_ls.candidates.search.steps import anchors
from quickfix_ls.context import Context
from quickfix_ls.languages.python.lexer import CLOSERS, KEYWORDS, OPENERS, lex
from quickfix_ls.languages.python.token_words import CLASSES, LINE_WORDS, class_of, words_of
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.ranking.measures.error_class import error_class

BEHIND, AHEAD = 110, 60
LONGEST = BEHIND + AHEAD + 1
TEXT_BUCKETS = 512
ERROR_BUCKETS = 128
DEEPEST = 8
SIGNS = (
    *("(", ")", "[", "]", "{", "}", ":", ",", ".", ";", "=", "==", "!=", "<", ">", "<=", ">=", "<>"),
    *("+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "~", "<<", ">>", "->", ":=", "..."),
    *("+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=", ">>=", "<<=", "@="),
)
ANSWERS = ("<delete>", *CLASSES, *SIGNS, *sorted(KEYWORDS))
"""What may be put in a place: a word without names' and literals' texts, or nothing."""
_NUMBERS = {word: number for number, word in enumerate(ANSWERS)}
DELETE = 0

Edit = tuple[int, int]
"""A place and an answer's number. Place 2 i is the gap in front of word i, place 2 i + 1 is word i itself."""


@dataclass(frozen=True, slots=True)
class Question:
    """A window of `words` (the n-gram model's symbols), for each the bucket of its text and how many brackets are open
    there; `error` is the message's bucket, `at` and `at_end` are the words at the problem's two ends. `first` is the
    place of the window in the region's words."""

    words: tuple[int, ...]
    texts: tuple[int, ...]
    depths: tuple[int, ...]
    error: int
    at: int
    at_end: int
    first: int


class Region:
    """A region's words, to ask about and to compare with what they become."""

    def __init__(self, context: Context, plausibility: Plausibility) -> None:
        self._words = words_of(context.tokens)
        tokens = context.tokens
        near = anchors(context)
        places = [len(words_of(tokens[:at])) for at in (near[0], near[-1])]
        first = max(0, places[0] - BEHIND)
        last = min(len(self._words), places[0] + AHEAD)
        shown = slice(first, last)
        self.question = Question(
            tuple(plausibility.symbols(tokens)[shown]),
            tuple(_bucket(word, TEXT_BUCKETS) for word in self._words[shown]),
            tuple(_depths(self._words)[shown]),
            _bucket(error_class(context.problem), ERROR_BUCKETS),
            places[0] - first,
            min(max(places[1] - first, 0), last - first),
            first,
        )

    def edits_to(self, text: str) -> list[Edit]:
        """The edits in the window that make the region's words those of `text`; of several words that come into one
        gap, the first."""
        theirs = words_of(lex(text))
        length = len(self.question.words)
        found: dict[int, int] = {}
        for one in Levenshtein.editops(self._words, theirs):
            index = one.src_pos - self.question.first
            place = 2 * index if one.tag == "insert" else 2 * index + 1
            if 0 <= index < length or (index == length and one.tag == "insert"):
                found.setdefault(place, DELETE if one.tag == "delete" else answer(theirs[one.dest_pos]))
        return sorted(found.items())


def answer(word: str) -> int:
    """The number of what may be put in a place that a word is an instance of."""
    known = _NUMBERS.get(word)
    return _NUMBERS[class_of(word)] if known is None else known


def _bucket(text: str, buckets: int) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % buckets


def _depths(words: Sequence[str]) -> list[int]:
    depths, depth = [], 0
    for word in words:
        if word in LINE_WORDS:
            depth = 0
        depth = max(0, depth - (word in CLOSERS))
        depths.append(min(depth, DEEPEST))
        depth += word in OPENERS
    return depths
