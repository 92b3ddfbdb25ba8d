"""Replace the secrets in a prompt by placeholders before it is sent, and restore them in the answer.

Secrets are found by the detectors of detect-secrets, and by the user's own patterns. A placeholder is an identifier
that does not occur in the prompt, so that the code stays well formed, and no other text is changed when it is restored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, NamedTuple

from quickfix_ls.values import Prompt

_SHORT = 8
"""Detected secrets below this length are replaced only as whole string literals, since words may contain them."""
_KEY_BLOCK = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----(.*?)(?:-----END|\Z)", re.DOTALL)
_TAIL = re.compile(r"[\w\-.+/=]*")
_KEY_LINE = re.compile(r"[A-Za-z0-9+/=]{8,}")


class Secret(NamedTuple):
    """A secret in a text; `everywhere` is false if only whole string literals are to be replaced."""

    text: str
    everywhere: bool = True


class Redacted(NamedTuple):
    """A prompt that may be sent, and the `secrets` that were replaced, by their placeholders."""

    prompt: Prompt
    secrets: dict[str, str]

    def restorer(self) -> Restorer:
        return Restorer(self.secrets)


def redacted(prompt: Prompt, patterns: Sequence[str] = ()) -> Redacted:
    """Replace the secrets in a prompt by placeholders.

    `patterns` are regular expressions for further secrets: their first group, or the whole match without a group.
    """
    texts = (prompt.system, prompt.shared, prompt.question, prompt.prediction)
    found = list(dict.fromkeys(secret for text in texts for secret in secrets_of(text, tuple(patterns))))
    if not found:
        return Redacted(prompt, {})
    stem = _unused_stem("".join(texts))
    names = {f"{stem}{number}_": secret for number, secret in enumerate(found, 1)}
    system, shared, question, prediction = (_replaced(text, names) for text in texts)
    changed = replace(prompt, system=system, shared=shared, question=question, prediction=prediction)
    return Redacted(changed, {name: secret.text for name, secret in names.items()})


@lru_cache(maxsize=64)
def secrets_of(text: str, patterns: tuple[str, ...] = ()) -> tuple[Secret, ...]:
    """Return every secret in a text once, in the order in which they are found.

    No secret contains a line end, so that replacing them keeps the line numbers.
    """
    certain = dict.fromkeys([*_matched(text, patterns), *_key_lines(text)])
    detected = (secret for secret in dict.fromkeys(_detected(text)) if secret not in certain)
    return (*map(Secret, certain), *(Secret(secret, len(secret) >= _SHORT) for secret in detected))


class Restorer:
    """Restores secrets in an answer that arrives in pieces."""

    def __init__(self, secrets: dict[str, str]) -> None:
        self._secrets, self._held = secrets, ""
        self._pattern = re.compile("|".join(map(re.escape, secrets)))

    def take(self, text: str) -> str:
        """Return the next piece with its secrets restored; a possible beginning of a placeholder is held back."""
        if not self._secrets:
            return text
        whole = self._restored(self._held + text)
        kept = len(whole) - self._length_of_beginning(whole)
        self._held = whole[kept:]
        return whole[:kept]

    def rest(self) -> str:
        """Return the text that was held back, at the end of the answer."""
        held, self._held = self._held, ""
        return held

    def _restored(self, text: str) -> str:
        return self._pattern.sub(lambda found: self._secrets[found.group()], text)

    def _length_of_beginning(self, text: str) -> int:
        longest = max(map(len, self._secrets)) - 1
        lengths = range(min(longest, len(text)), 0, -1)
        return next((length for length in lengths if any(name.startswith(text[-length:]) for name in self._secrets)), 0)


def _unused_stem(text: str) -> str:
    stem = "SECRET_"
    while stem in text:
        stem = f"X{stem}"
    return stem


def _replaced(text: str, names: dict[str, Secret]) -> str:
    # The longer secrets first, since a secret may be a part of another.
    for name, secret in sorted(names.items(), key=lambda pair: -len(pair[1].text)):
        for quote in ("",) if secret.everywhere else ("'", '"'):
            text = text.replace(f"{quote}{secret.text}{quote}", f"{quote}{name}{quote}")
    return text


def _matched(text: str, patterns: tuple[str, ...]) -> Iterator[str]:
    for pattern in patterns:
        for found in re.finditer(pattern, text, re.MULTILINE):
            yield from filter(None, map(str.strip, (found[1] or "" if found.re.groups else found[0]).splitlines()))


def _key_lines(text: str) -> Iterator[str]:
    """Yield the lines of private keys: the detectors find only their first lines."""
    for block in _KEY_BLOCK.finditer(text):
        yield from _KEY_LINE.findall(block[1])


def _detected(text: str) -> Iterator[str]:
    for line in dict.fromkeys(text.splitlines()):
        for detector in _detectors():
            yield from filter(None, _found_by(detector, line))


def _found_by(detector: Any, line: str) -> Iterator[str]:
    """Yield the secrets that a detector finds in a line.

    Only its patterns are used: the library's own function for a line may ask a web service whether a secret is valid.
    """
    if hasattr(detector, "denylist"):
        for pattern in detector.denylist:
            for found in pattern.finditer(line):
                # The group of a pattern is the secret or only its prefix, and some matches end before the secret does.
                inner = found[found.lastindex] if found.lastindex else ""
                tail = _TAIL.match(line, found.end())
                yield inner if len(inner) >= _SHORT else f"{found[0]}{tail[0] if tail else ''}"
    elif hasattr(detector, "entropy_limit"):
        for secret in detector.analyze_string(line):
            if detector.calculate_shannon_entropy(secret) > detector.entropy_limit:
                yield secret
    else:
        yield from detector.analyze_string(line, denylist_regex_to_group=_keyword_patterns())


@cache
def _keyword_patterns() -> Any:
    from detect_secrets.plugins.keyword import REGEX_BY_FILETYPE
    from detect_secrets.util.filetype import FileType

    return REGEX_BY_FILETYPE[FileType.PYTHON]


@cache
def _detectors() -> tuple[Any, ...]:
    from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class

    # The first line of a private key is no secret; `_key_lines` finds the others.
    known: dict[str, Any] = get_mapping_from_secret_type_to_class()
    return tuple(made() for kind, made in sorted(known.items()) if kind != "Private Key")
