"""The content that a change removes: arguments, literals, words of strings, keywords, statements.

A change that makes an error go away by deleting code is hardly ever meant. So what a change removes is computed from
the tokens before and after, for the whole change: a repair's steps may move, respell or restore what one of them
deletes. The language says which tokens are content, and which replacements keep it (`Content`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.relex import LexedText, Rewritten
from quickfix_ls.validation.change import Change

REMOVED = "content_removed"
"""The name of a language's feature that is above 0 if a change removes content; ranking calibrates these apart."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A piece of content that a change removes.

    `kind` is the language's name for it (`argument`, `literal`, `text`, ...); `text` is the piece of the old source;
    `words` is the number of its names, keywords, literals and words. `stray` marks what is plainly no part of the
    program, such as a keyword that is written twice or a pasted line number.
    """

    kind: str
    text: str
    words: int = 1
    stray: bool = False


@dataclass(frozen=True, eq=False)
class Content:
    """The language part for content: `removed(change, run)` returns the pieces that a change removes.

    `run` are the changed lines of the region with their tokens before and after.
    """

    removed: Callable[[Change, Rewritten], tuple[Loss, ...]] = lambda change, run: ()


NO_CONTENT = Content()
"""The part of a language that does not say what is content: nothing counts as removed."""


def removed_in(change: Change, run: Rewritten) -> tuple[Loss, ...]:
    """Return the content that a change removes, given its changed lines; `removed_by` needs not compute it again."""
    return change.keep(_removed, change.index.language.part(Content).removed(change, run))


def removed_by(change: Change) -> tuple[Loss, ...]:
    """Return the content that a change removes, in the order of the old text; computed once."""
    return change.derived(_removed)


def keeps_content(change: Change) -> bool:
    """Return whether a change removes nothing but what is plainly stray."""
    return all(loss.stray for loss in removed_by(change))


def _removed(change: Change) -> tuple[Loss, ...]:
    lexed = LexedText(change.before.text, change.tokens, change.index.language.part(Lexis))
    return removed_in(change, lexed.rewritten(change.after.text, *change.touched))
