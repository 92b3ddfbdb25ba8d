"""Put quotes around adjacent words, a path, or a number followed by letters: `{'earth': Bob Smith}` becomes
`{'earth': 'Bob Smith'}`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate

_SEPARATORS = frozenset(["(", "[", "{", ",", ":", "="])
_ENDS = frozenset([")", "]", "}", ",", ":"])
_MAX_WORDS = 8


@fixer(
    handles="syntax",
    examples=[
        Example("d = {'earth': Bob Smith}\n", "d = {'earth': 'Bob Smith'}\n"),
        Example('row = {"id": 34dd833, "n": 1}\n', 'row = {"id": "34dd833", "n": 1}\n'),
        Example("open(/tmp/file.txt)\n", 'open("/tmp/file.txt")\n'),
    ],
)
def quote_words(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    quote = "'" if sum(t.text[:1] == "'" for t in tokens) > sum(t.text[:1] == '"' for t in tokens) else '"'
    for index in range(max(0, context.at - 8), min(len(tokens), context.at_end + 2)):
        if index and tokens[index - 1].text not in _SEPARATORS:
            continue
        last = _run_end(context, index)
        if last - index >= 2 and last < len(tokens) and tokens[last].text in _ENDS:
            start, end = tokens[index].start, tokens[last - 1].end
            text = context.region.text[start:end]
            yield Candidate(
                (context.edit(start, start, quote), context.edit(end, end, quote)), f"Quote `{beginning(text)}`"
            )


def _run_end(context: Context, index: int) -> int:
    """Return the index after a run of words, numbers and path characters that contains no separator."""
    last = index
    while last < len(context.tokens) and last - index < 2 * _MAX_WORDS:
        token = context.tokens[last]
        if token.kind not in ("name", "keyword", "number", "error") and token.text not in (
            "/",
            ".",
            "-",
            "//",
            "@",
        ):
            break
        last += 1
    return last
