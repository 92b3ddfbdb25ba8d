"""Replace a misspelled keyword or constant, a keyword of another language, or a keyword split into two words:
`retrun 1` becomes `return 1`, and `else if` becomes `elif`."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.lexer import KEYWORDS
from quickfix_ls.values import Candidate

_OTHER_WORDS = {
    "elseif": "elif", "elsif": "elif", "elsif:": "elif", "function": "def", "func": "def", "fn": "def", "sub": "def",
    "switch": "match", "delete": "del",
    "catch": "except", "throw": "raise", "null": "None", "nil": "None", "true": "True",
    "false": "False", "foreach": "for", "when": "while", "define": "def", "this": "self",
    "where": "if",
}  # fmt: skip
_JOINED = {
    ("else", "if"): "elif", ("el", "if"): "elif", ("els", "if"): "elif", ("no", "in"): "not in",
    ("not", "is"): "is not", ("in", "not"): "not in", ("de", "f"): "def", ("im", "port"): "import",
    ("for", "each"): "for", ("end", "if"): "", ("is", "not", "in"): "not in",
}  # fmt: skip


@fixer(
    handles="syntax",
    examples=[
        Example("whlie True:\n    go()\n", "while True:\n    go()\n"),
        Example("def f():\n    retrun 1\n", "def f():\n    return 1\n"),
        Example("if a:\n    go()\nelse if b:\n    stop()\n", "if a:\n    go()\nelif b:\n    stop()\n"),
        Example("imprt os\n", "import os\n"),
        Example("for x im range(3):\n    go(x)\n", "for x in range(3):\n    go(x)\n"),
        Example("x = 1 if y els 2\n", "x = 1 if y else 2\n"),
        Example("[x for x in xs where x > 2]\n", "[x for x in xs if x > 2]\n"),
    ],
    leaves=["total x\n"],
)
def respell_keyword(context: Context) -> Iterator[Candidate]:
    if not context.lines:
        return
    first = context.lines[max(0, context.line - 1)].first
    for index in range(first, min(len(context.tokens), context.at + 6)):
        yield from _joined(context, index)
        token = context.tokens[index]
        before = context.tokens[index - 1].text if index else ""
        if token.kind in ("name", "keyword") and before != ".":
            for word in _similar(token.text):
                yield Candidate((context.edit(token.start, token.end, word),), f"Replace `{token.text}` with `{word}`")


def _similar(word: str) -> list[str]:
    if word in _OTHER_WORDS:
        return [_OTHER_WORDS[word]]
    if len(word) > 9:
        return []
    limit = 1 if len(word) <= 4 else 2
    scored = ((OSA.distance(word.lower(), kw.lower(), score_cutoff=limit), kw) for kw in KEYWORDS if kw != word)
    same_letters = [kw for kw in KEYWORDS if kw != word and len(word) > 2 and sorted(kw) == sorted(word.lower())]
    near = [kw for distance, kw in sorted(scored) if distance <= limit and (len(word) > 2 or distance <= 1)]
    return list(dict.fromkeys([*near, *same_letters]))[:4]


def _joined(context: Context, index: int) -> Iterator[Candidate]:
    for size in (2, 3):
        words = tuple(token.text for token in context.tokens[index : index + size])
        joined = _JOINED.get(words)
        if joined:
            start, end = context.tokens[index].start, context.tokens[index + size - 1].end
            yield Candidate((context.edit(start, end, joined),), f"Replace `{' '.join(words)}` with `{joined}`")
