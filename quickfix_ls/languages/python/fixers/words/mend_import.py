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
    (re.compile(rf"from +({_DOTTED})"), r"import \1"),
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
        Example("import shop.models as\n", "import shop.models as models\n"),
    ],
)
def mend_import(context: Context) -> Iterator[Candidate]:
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
