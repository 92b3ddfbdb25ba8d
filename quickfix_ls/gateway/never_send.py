"""Files that never leave the machine: `.env` files, what git ignores, and what the user's globs name."""

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
    """Why the file at `path` is not sent, in a sentence; empty where it may be, as may a document without a path.

    `globs` are anchored. A link counts as what it is and as what it leads to. `git_ignored_too` lets what git ignores
    be sent.
    """
    for one in dict.fromkeys((path, os.path.realpath(path))) if path else ():
        name = os.path.basename(one)
        if name == ".env" or name.startswith((".env.", ".envrc")):
            return f"{name} files are never sent."
        if glob := next((glob for glob in globs if fits(glob, one)), ""):
            return f"`neverSend` has {glob}, which fits this file."
        if not git_ignored_too and is_git_ignored(one):
            return "git ignores this file. `sendGitIgnored` allows to send it."
    return ""


def is_git_ignored(path: str) -> bool:
    """Whether git would ignore a file, an absolute path, were it not in the repository yet; files are read, git is not
    run. The rules of deeper folders win, and nothing comes back into a folder that is ignored."""
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
    """The rules that are anchored in a folder, the stronger ones first."""
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
        # A file of rules that can't be read might have named anything.
        return GitIgnoreSpec.from_lines(["*"])
