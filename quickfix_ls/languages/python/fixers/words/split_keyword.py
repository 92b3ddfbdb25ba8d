"""Put a space between a keyword and the word that it is glued to: `importos` becomes `import os`, `return1` becomes
`return 1`, `for x inrange(3):` becomes `for x in range(3):`."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import lacks_block
from quickfix_ls.languages.python.fixers.enclosing import innermost_function
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.languages.python.lexer import CLOSERS, KEYWORDS, OPENERS
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.problems.kinds import NAME, SYNTAX
from quickfix_ls.values import Candidate

_OPENING = (
    *("import", "from", "def", "class", "return", "if", "elif", "while", "for", "with", "del", "raise", "assert"),
    *("yield", "global", "nonlocal", "async", "await", "except", "not", "print", "match", "case"),
)
_JOINING = ("in", "and", "or", "is", "not", "if", "else", "as", "import", "lambda", "for", "await", "None")
_HEADERS = frozenset({"def", "class", "if", "elif", "while", "for", "with", "except", "async", "match", "case"})
_PREFIXES = frozenset({"not", "lambda", "await"})
_ENDS = frozenset({"None", "True", "False", *CLOSERS})
_BEGINS = frozenset({"None", "True", "False", "not", "-", "lambda", "await", *OPENERS})


@fixer(
    handles=(SYNTAX, NAME),
    errors=("SyntaxError", "IndentationError", "NameError"),
    examples=[
        Example("importos\nprint(os.name)\n", "import os\nprint(os.name)\n"),
        Example("def f(x):\n    returnx + 1\n", "def f(x):\n    return x + 1\n"),
        Example("def f():\n    return1\n", "def f():\n    return 1\n"),
        Example("fromos import path\n", "from os import path\n"),
        Example("from os importpath\n", "from os import path\n"),
        Example("defmain():\n    go()\n", "def main():\n    go()\n"),
        Example("x = 3\nifx > 2:\n    go()\n", "x = 3\nif x > 2:\n    go()\n"),
        Example("for x inrange(3):\n    go(x)\n", "for x in range(3):\n    go(x)\n"),
        Example("a = b = 1\nif a andb:\n    go()\n", "a = b = 1\nif a and b:\n    go()\n"),
        Example("a = 1\nprint(nota)\n", "a = 1\nprint(not a)\n"),
    ],
    leaves=["index = 3\nprint(indx)\n", "format = 1 2\n", "isolated x\n"],
)
def split_keyword(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Write it as `import os`"."""
    tokens = context.tokens
    for index in _near(context):
        token = tokens[index]
        if token.kind != "name" or (index and tokens[index - 1].text == "."):
            continue
        for head, tail in _splits(context, index):
            yield Candidate((context.edit(token.start, token.end, f"{head} {tail}"),), f"Write it as `{head} {tail}`")


def _near(context: Context) -> range:
    """Return the tokens to look at: the undefined name, or those of the lines around a syntax error."""
    if context.problem.kind == NAME:
        index = token_at(context)
        return range(0) if index is None else range(index, index + 1)
    if not context.lines:
        return range(0)
    first = context.lines[max(0, context.line - 1)].first
    return range(first, min(context.lines[min(context.line, len(context.lines) - 1)].last, len(context.tokens)))


def _splits(context: Context, index: int) -> Iterator[tuple[str, str]]:
    tokens, word = context.tokens, context.tokens[index].text
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    opens = before is None or before.kind in ("newline", "comment") or before.text in (";", ":", "else")
    ends = after is None or after.kind in ("newline", "comment")
    for keyword in _OPENING if opens else ():
        rest = word.removeprefix(keyword)
        if rest and rest != word and _opens(context, index, keyword, rest, after):
            yield keyword, rest
    is_operand = before is not None and _ends_operand(before)
    for keyword in _JOINING if not opens else ():
        rest = word.removeprefix(keyword)
        fits = rest and rest != word and is_operand != (keyword in _PREFIXES)
        if fits and (_is_value(context, rest, index) or _follows_import(tokens, index, keyword)):
            yield keyword, rest
        stem = word.removesuffix(keyword)
        if stem and stem != word and not ends and after is not None and _begins_operand(after) and not is_operand:
            is_new = keyword == "in" and before is not None and before.text in ("for", ",", "(")
            if is_new or _is_value(context, stem, index) or _follows_import(tokens, index, keyword):
                yield stem, keyword


def _opens(context: Context, index: int, keyword: str, rest: str, after: Token | None) -> bool:
    """Return whether a statement can begin with a keyword and the rest of the word."""
    line = next((line for line in context.lines if line.first <= index < line.last), None)
    if line is None or not (rest.isidentifier() or rest.isdecimal()):
        return False
    tokens = context.tokens
    texts = [token.text for token in tokens[index : line.last]]
    if keyword == "import":
        return rest in sys.stdlib_module_names or _occurs(context, rest, index) or texts[1:2] == ["as"]
    if keyword == "from":
        return "import" in texts[1:]
    if keyword in _HEADERS:
        ends = texts[-1] == ":" or not lacks_block(context, context.lines.index(line))
        return ends and _is_header(context, keyword, rest, texts, index)
    if keyword in ("return", "yield") and innermost_function(context, context.lines.index(line)) is None:
        return False
    if keyword == "print":
        return after is not None and after.text != "(" and _is_value(context, rest, index)
    is_called = after is not None and after.text == "(" and keyword in ("await", "return", "raise")
    return is_called or _is_value(context, rest, index)


def _is_header(context: Context, keyword: str, rest: str, texts: Sequence[str], index: int) -> bool:
    if keyword == "def":
        return texts[1:2] == ["("]
    if keyword == "class":
        return texts[1:2] in (["("], [":"])
    if keyword == "for":
        return "in" in texts
    if keyword == "async":
        return rest in ("def", "for", "with")
    if keyword == "with":
        return texts[1:2] in (["("], ["."])
    is_compared = texts[1:2] != [":"] and rest.isidentifier() and keyword in ("if", "elif", "while")
    return is_compared or _is_value(context, rest, index)


def _is_value(context: Context, word: str, index: int) -> bool:
    """Return whether a word is a number, a constant, a builtin, or a name that occurs elsewhere in the file."""
    if word.isdecimal() or word in ("None", "True", "False") or hasattr(builtins, word):
        return True
    return word.isidentifier() and word not in KEYWORDS and _occurs(context, word, index)


def _occurs(context: Context, word: str, index: int) -> bool:
    return any(token.text == word and at != index for at, token in enumerate(context.tokens)) or (
        word in context.snapshot.text[: context.region.start].split()
    )


def _follows_import(tokens: Sequence[Token], index: int, keyword: str) -> bool:
    """Return whether `import` or `as` goes on with an import statement here."""
    if keyword not in ("import", "as"):
        return False
    while index > 0 and tokens[index - 1].kind != "newline":
        index -= 1
    return tokens[index].text in ("from", "import")


def _ends_operand(token: Token) -> bool:
    return token.kind in ("name", "number", "string") or token.text in _ENDS


def _begins_operand(token: Token) -> bool:
    return token.kind in ("name", "number", "string") or token.text in _BEGINS
