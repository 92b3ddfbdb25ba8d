"""Append an underscore to a name that is a keyword, as in PEP 8, throughout the region: `class = 3` becomes
`class_ = 3`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.change_titles import title_of_edits
from quickfix_ls.languages.python.fixers.keyword_names import RENAMED, is_name
from quickfix_ls.values import Candidate

_USUAL_NAMES = {"pass": "password", "class": "cls"}
"""More common replacements than the keyword with an underscore."""


@fixer(
    handles="syntax",
    examples=[
        Example("connect(user, pass)\n", "connect(user, password)\n"),
        Example("class = 3\nprint(class)\n", "class_ = 3\nprint(class_)\n"),
        Example("foo(lambda=1)\n", "foo(lambda_=1)\n"),
        Example("def in(x):\n    return x\n", "def in_(x):\n    return x\n"),
        Example("x = obj.from\n", "x = obj.from_\n"),
        Example("def f(from, to):\n    return from + to\n", "def f(from_, to):\n    return from_ + to\n"),
        Example("lambda = 3\ny = lambda * 2\n", "lambda_ = 3\ny = lambda_ * 2\n"),
        Example("for class in xs:\n    print(class.name)\n", "for class_ in xs:\n    print(class_.name)\n"),
    ],
)
def rename_keyword(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    words = {
        tokens[index].text
        for index in range(max(0, context.at - 3), min(len(tokens), context.at + 3))
        if tokens[index].text in RENAMED and is_name(tokens, index)
    }
    found = {
        word: [token for index, token in enumerate(tokens) if token.text == word and is_name(tokens, index)]
        for word in sorted(words)
    }
    if len(found) > 1:
        edits = [context.edit(token.start, token.end, f"{word}_") for word in found for token in found[word]]
        yield Candidate(tuple(sorted(edits)), title_of_edits(context, edits))
    for word, places in found.items():
        count = f" ({len(places)} places)" if len(places) > 1 else ""
        for name in (f"{word}_", *filter(None, [_USUAL_NAMES.get(word)])):
            renamed = tuple(context.edit(token.start, token.end, name) for token in places)
            yield Candidate(renamed, f"Replace `{word}` with `{name}`{count}")
