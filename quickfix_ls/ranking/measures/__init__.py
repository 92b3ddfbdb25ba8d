"""The measurements behind the features, a module for each aspect.

`RankedGroup` caches the values that all changes of one problem share. Each module has a function that takes a `Changed`
and returns feature values by name, in the units that `features` declares. A string is a category: it is hashed into one
of BUCKETS buckets."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from quickfix_ls.context import Context
from quickfix_ls.lexing.relex import Rewritten
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.plausibility.scored_text import PlausibilityGain, ScoredText
from quickfix_ls.ranking.measures.line_content import Elsewhere, LineContent
from quickfix_ls.validation.change import Change

BUCKETS = 251


@lru_cache(maxsize=4096)
def bucket(text: str) -> float:
    """Return the bucket of a category; it is the same in all runs and on all machines."""
    return float(zlib.crc32(text.encode("utf-8", "surrogatepass")) % BUCKETS)


def token_class(tokens: Sequence[Token], index: int) -> str:
    """Return an operator's or a keyword's text, else the token's kind; an empty string for an index out of range."""
    if not 0 <= index < len(tokens):
        return ""
    token = tokens[index]
    return token.text if token.kind in ("op", "keyword") else token.kind


class RankedGroup:
    """A problem in its region, with the values that all its changes share."""

    def __init__(self, context: Context, plausibility: Plausibility) -> None:
        self.context = context
        self.lexed = context.lexed
        self.scored_text = ScoredText(plausibility, self.lexed)
        self.elsewhere = Elsewhere(context.tokens)


@dataclass(frozen=True)
class Changed:
    """A change of a group, with the tokens of the lines that it touches before and after."""

    group: RankedGroup
    change: Change

    @cached_property
    def run(self) -> Rewritten:
        return self.group.lexed.rewritten(self.change.after.text, *self.change.touched)

    @cached_property
    def line_contents(self) -> tuple[LineContent, LineContent, LineContent]:
        """The content of the touched lines before and after the change, and that of the region's other lines."""
        old, others = self.group.elsewhere.of(self.run.start, self.run.before)
        return old, LineContent.by(self.run.after), others

    @cached_property
    def judged(self) -> PlausibilityGain:
        return self.group.scored_text.judge(self.run)
