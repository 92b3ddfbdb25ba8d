"""Fix the order or syntax of an import statement, including imports of JavaScript: `import sqrt from math` becomes
`from math import sqrt`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import lines_near
from quickfix_ls.values import Candidate

_NAME = r"[^\W\d]\w*"
_CLASS = r"_*[A-Z]\w*[a-z]\w*"
_DOTTED = rf"\.*{_NAME}(?:\.{_NAME})*"
_NAMES = rf"(?:\*|{_NAME}(?: as {_NAME})?(?:, *{_NAME}(?: as {_NAME})?)*)"
# Pairs of a pattern for a malformed import and the template of its replacement.
_PATTERNS = [
    (re.compile(rf"import +\{{? *({_NAMES}) *\}}? +from +[\"']?({_DOTTED})[\"']?;?"), r"from \2 import \1"),
    (re.compile(rf"import +({_NAME}) +from +{_DOTTED}"), r"import \1"),
    (re.compile(rf"({_DOTTED}\.{_NAME}) +import +({_NAMES})"), r"from \1 import \2"),
    (re.compile(rf"import +({_DOTTED}) +as +\*"), r"from \1 import *"),
    (re.compile(rf"import +({_DOTTED}\.({_NAME})) +as"), r"import \1 as \2"),
    (re.compile(rf"import +({_DOTTED}) +as"), r"import \1"),
    (re.compile(rf"from +({_DOTTED}) +import +({_NAME}) +as"), r"from \1 import \2"),
    (re.compile(rf"from +({_DOTTED}) +import +({_DOTTED})\.({_NAME}(?: as {_NAME})?)"), r"from \1.\2 import \3"),
    (re.compile(rf"from +(\.+) +import +({_DOTTED})\.({_NAME}(?: as {_NAME})?)"), r"from \1\2 import \3"),
    (re.compile(rf"import +(\.+)({_NAME}(?: as {_NAME})?)"), r"from \1 import \2"),
    (re.compile(rf"import +(\.+{_DOTTED})\.({_NAME}(?: as {_NAME})?)"), r"from \1 import \2"),
    (re.compile(rf"from +({_DOTTED}|\.+) +import +\.({_NAME})"), r"from \1 import \2"),
    (re.compile(rf"from +({_DOTTED}) +import +({_NAMES}),"), r"from \1 import \2"),
    (re.compile(rf"from +[\"']({_DOTTED})[\"'] +import +({_NAMES})"), r"from \1 import \2"),
    (re.compile(rf"import +[\"'<]({_DOTTED})[\"'>];?"), r"import \1"),
    (re.compile(rf"(?:using|include|use|require|load|imports) +[\"'<]?({_DOTTED})[\"'>]?;?"), r"import \1"),
    (re.compile(rf"from +({_DOTTED}) +({_NAMES})"), r"from \1 import \2"),
    (re.compile(rf"from +({_DOTTED}) +import"), r"import \1"),
    (re.compile(rf"from +({_DOTTED})\.({_CLASS})"), r"from \1 import \2"),
    (re.compile(rf"from +((?:{_DOTTED}\.)?(?!{_CLASS}){_NAME})"), r"import \1"),
    (re.compile(rf"import +({_DOTTED}) +import +({_NAMES})"), r"from \1 import \2"),
]


@fixer(
    handles="syntax",
    examples=[
        Example("import sqrt from math\n", "from math import sqrt\n"),
        Example("from os import path.join\n", "from os.path import join\n"),
        Example("from .. import shop.tea\n", "from ..shop import tea\n"),
        Example("import .helpers\n", "from . import helpers\n"),
        Example("import { a, b } from 'shop';\n", "from shop import a, b\n"),
        Example("from . import .helpers\n", "from . import helpers\n"),
        Example("from math import sqrt,\n", "from math import sqrt\n"),
        Example("from 'math' import sqrt\n", "from math import sqrt\n"),
        Example("using json\n", "import json\n"),
        Example("shop.models import Tea\n", "from shop.models import Tea\n"),
        Example("import shop.models as *\n", "from shop.models import *\n"),
        Example("from shop.models.Tea\n", "from shop.models import Tea\n"),
        Example("from shop.models\n", "import shop.models\n"),
        Example(
            "from shop import tea, cup,\n    pot, lid\n\npour(tea)\n",
            "from shop import (tea, cup,\n    pot, lid)\n\npour(tea)\n",
        ),
        Example("import shop.models as\n", "import shop.models as models\n"),
    ],
)
def mend_import(context: Context) -> Iterator[Candidate]:
    yield from _continued(context)
    for line in lines_near(context, 1, 0):
        first, last = context.tokens[line.first], context.tokens[line.last - 1]
        text = " ".join(context.region.text[first.start : last.end].split())
        if len(text) > 300 or not text[:1].isalpha():
            continue
        for pattern, template in _PATTERNS:
            found = pattern.fullmatch(text)
            new = found.expand(template) if found else text
            if found and new != text:
                yield Candidate((context.edit(first.start, last.end, new),), f"Write it as `{beginning(new)}`")


def _continued(context: Context) -> Iterator[Candidate]:
    """Yield the import with its names in brackets, where they go on in the indented lines below."""
    tokens, lines = context.tokens, context.lines
    for index in (context.line, context.line - 1):
        if not 0 <= index < len(lines) - 1:
            continue
        line, last = lines[index], index
        words = [token.text for token in tokens[line.first : line.last]]
        if words[0] != "from" or "import" not in words or words[-1] != "," or "(" in words:
            continue
        while last + 1 < len(lines) and lines[last + 1].indent > line.indent and _are_names(context, last + 1):
            last += 1
        if last > index:
            start = tokens[line.first + words.index("import") + 1].start
            end = tokens[lines[last].last - 1].end
            edits = (context.edit(start, start, "("), context.edit(end, end, ")"))
            yield Candidate(edits, "Put the imported names into brackets")


def _are_names(context: Context, index: int) -> bool:
    line = context.lines[index]
    return all(token.kind == "name" or token.text in (",", "as") for token in context.tokens[line.first : line.last])
