"""Find files that must never leave the machine: `.env` files, files that git ignores, and those of the user's globs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from quickfix_ls.settings.globs import fits

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


def refusal_of(path: str, globs: Sequence[str], *, git_ignored_too: bool = False) -> str:
    """Return the reason, a sentence, why the file at `path` must not be sent; an empty string if it may be sent.

    A document without a path may be sent. `globs` are anchored. A symbolic link is checked by its own path and by that
    of its target. `git_ignored_too` permits files that git ignores.
    """
    for location in dict.fromkeys((path, os.path.realpath(path))) if path else ():
        name = os.path.basename(location)
        if name == ".env" or name.startswith((".env.", ".envrc")):
            return f"{name} files are never sent."
        if glob := next((glob for glob in globs if fits(glob, location)), ""):
            return f"`neverSend` has {glob}, which fits this file."
        if not git_ignored_too and is_git_ignored(location):
            return "git ignores this file. `sendGitIgnored` allows to send it."
    return ""


def is_git_ignored(path: str) -> bool:
    """Return whether git would ignore a file, given by an absolute path, if it were not tracked.

    The files of rules are read, git is not run. The rules of deeper folders take precedence, and no file in an ignored
    folder can be included again.
    """
    root = next((above for above in PurePath(path).parents if os.path.exists(above / ".git")), None)
    if root is None:
        return False
    parts = PurePath(path).relative_to(root).parts
    return any(
        _is_ignored(root, parts[:length], "/" if length < len(parts) else "") for length in range(1, len(parts) + 1)
    )


def _is_ignored(root: PurePath, parts: tuple[str, ...], slash: str) -> bool:
    for depth in range(len(parts) - 1, -1, -1):
        inside = "/".join(parts[depth:]) + slash
        for rules in _rules_in(root.joinpath(*parts[:depth]), is_root=not depth):
            if (decision := rules.check_file(inside).include) is not None:
                return decision
    return False


def _rules_in(folder: PurePath, *, is_root: bool) -> Iterator[GitIgnoreSpec]:
    """Yield the rules that are anchored at a folder, those with precedence first."""
    files = [Path(folder, ".gitignore")]
    if is_root:
        config = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
        files += [Path(folder, ".git", "info", "exclude"), Path(config, "git", "ignore")]
    for file in files:
        try:
            status = file.stat()
        except OSError:
            continue
        yield _read(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def _read(file: Path, mtime: int, size: int) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(file.read_text(encoding="utf-8", errors="replace").splitlines())
    except (OSError, ValueError):
        # An unreadable file of rules might have named any file, so all are ignored.
        return GitIgnoreSpec.from_lines(["*"])
