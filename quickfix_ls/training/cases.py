"""Cases: broken texts with all fixes that a sensible programmer accepts, and those that must never be offered first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quickfix_ls.training.exactness import is_exact

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Case:
    """A broken text with the reported `error` at `line` (from 1; an empty error means that the text is valid).

    `right` are the texts to accept, the best first; if there are none, only silence is right. `partial` are right too:
    they repair the error at `line`, and leave a like error elsewhere. A text in `never` must not be the first offer,
    one in `never_preferred` not be marked as preferred. `silence_ok`: no offer is right too. `target` is the Python
    version of the text, empty for the running one; `files` are other modules of its folder, by their path.
    """

    id: str
    kind: str
    broken: str
    error: str
    line: int
    right: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    never_preferred: tuple[str, ...] = ()
    silence_ok: bool = False
    target: str = ""
    files: tuple[tuple[str, str], ...] = ()


def case_of(value: dict[str, Any]) -> Case:
    """Return the case of a JSON object. Raises KeyError, TypeError or ValueError if it is none."""
    return Case(
        id=str(value["id"]),
        kind=str(value["kind"]),
        broken=str(value["broken"]),
        error=str(value["error"]),
        line=int(value["line"]),
        right=_texts(value["right"]),
        partial=_texts(value.get("partial", ())),
        never=_texts(value.get("never", ())),
        never_preferred=_texts(value.get("never_preferred", ())),
        silence_ok=bool(value.get("silence_ok", False)),
        target=str(value.get("target") or ""),
        files=tuple(dict(value.get("files") or {}).items()),
    )


def is_right(case: Case, text: str) -> bool:
    """Return whether a text is one of the fixes to accept."""
    return any(same_fix(text, right) for right in (*case.right, *case.partial))


def is_never(case: Case, text: str) -> bool:
    """Return whether a text is one of those that must never be the first offer: letter by letter where a fix to accept
    has the same tokens, so that only the layout is wrong."""
    return any(text == never or (same_fix(text, never) and not is_right(case, text)) for never in case.never)


def same_fix(text: str, fixed: str) -> bool:
    """Return whether two texts have the same tokens; comments, blank lines and the place of imports don't count."""
    return is_exact("name", text, fixed)


def lost_words(case: Case, written: str) -> tuple[str, ...]:
    """Return the words that the broken text and the best fix have, and the written text has fewer of; without a right
    fix, the words of the broken text that are missing."""
    kept = _words(case.broken) & _words(case.right[0]) if case.right else _words(case.broken)
    return tuple((kept - _words(written)).elements())


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))
