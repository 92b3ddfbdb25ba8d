"""Replace the name of a missing module with its Python 3 name or with the correct spelling: `ConfigParser` becomes
`configparser`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_context import visible_of
from quickfix_ls.languages.python.fixers.statements import end_of
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.languages.python.project.moved_stdlib import MODULES
from quickfix_ls.values import Candidate, Edit, Span


@fixer(
    handles="name",
    errors=("ModuleNotFoundError",),
    examples=[
        Example("from Queue import Queue\n", "from queue import Queue\n"),
        Example("import jsn\n\nprint(jsn.dumps(1))\n", "import json\n\nprint(json.dumps(1))\n"),
        Example("import cPickle as pickle\n", "import pickle\n"),
        Example(
            "import ConfigParser\n\nc = ConfigParser.ConfigParser()\n",
            "import configparser\n\nc = configparser.ConfigParser()\n",
        ),
        Example("import urllib2\n\nurllib2.urlopen(x)\n", "import urllib.request\n\nurllib.request.urlopen(x)\n"),
        Example("import urllib2\n\nurllib2.urlopen(x)\n", "import urllib.request as urllib2\n\nurllib2.urlopen(x)\n"),
    ],
)
def import_renamed_module(context: Context) -> Iterator[Candidate]:
    """Yield a candidate that uses the new name throughout the file, and a candidate that imports it under the old
    name."""
    old, span, tokens = context.problem.name, context.problem.span, context.tokens
    new = MODULES.get(old) or next(
        iter([*context.problem.hints, *(visible.name for visible in visible_of(context))]), None
    )
    if new is None or context.at >= len(tokens) or tokens[context.at].text != old:
        return
    following = [token.text for token in tokens[context.at + 1 : end_of(tokens, context.at)]]
    before = tokens[context.at - 1].text if context.at else ""
    title = f"Import `{new}` in place of `{old}`"
    here = Edit(span, new)
    if before == "from":
        yield Candidate((here,), title)
    elif following[:1] == ["as"]:
        if following[1:2] == [new]:
            end = context.region.start + tokens[context.at + 2].end
            here = Edit(Span(span.start, end), new)
        yield Candidate((here,), title)
    elif following[:1] in ([], [","], [";"]):
        references = tuple(Edit(use, new) for use in _references(context.snapshot.text, old) if use != span)
        yield Candidate((here, *references), title)
        yield Candidate((Edit(span, f"{new} as {old}"),), f"{title}, as `{old}`")


def _references(text: str, name: str) -> list[Span]:
    """Return the spans at which the file reads a member of the module."""
    if not re.search(rf"(?<!\w){name}\s*\.", text):
        return []
    tokens = lex(text)
    return [
        Span(token.start, token.end)
        for index, token in enumerate(tokens[:-1])
        if token.text == name and tokens[index + 1].text == "." and (not index or tokens[index - 1].text != ".")
    ]
