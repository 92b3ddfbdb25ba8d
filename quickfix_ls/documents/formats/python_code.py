"""What a scan of Python code that need not be well formed steps over: strings, comments, brackets, joined lines."""

from __future__ import annotations

import re

SCAN = re.compile(
    r"""
    (?P<newline>\r\n|\r|\n)
  | (?P<triple>\"\"\"|''')
  | (?P<string>\"(?:[^\\\"\r\n]|\\(?:\r\n|.))*(?:\"|(?=[\r\n])|\Z) | '(?:[^\\'\r\n]|\\(?:\r\n|.))*(?:'|(?=[\r\n])|\Z))
  | (?P<comment>\#[^\r\n]*)
  | (?P<open>[(\[{])
  | (?P<close>[)\]}])
  | (?P<joined>\\(?:\r\n|\r|\n))
    """,
    re.VERBOSE | re.DOTALL,
)


def end_of_triple(text: str, position: int, quote: str, end: int) -> int | None:
    """Return the end of a string in triple quotes; None if it is not closed before the offset `end`.

    `position` is the offset behind its opening quotes, `quote` the three quotes.
    """
    while (found := text.find(quote, position, end)) >= 0:
        backslashes = 0
        while text[found - backslashes - 1] == "\\":
            backslashes += 1
        if backslashes % 2 == 0:
            return found + len(quote)
        position = found + 1
    return None
