"""What the settings mean for the files of one command: each file is ruled by the nearest configuration."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from quickfix_ls.candidates.fixers import all_fixers
from quickfix_ls.interpreters import modules_for, target_of
from quickfix_ls.languages.python.judge import HERE, Version
from quickfix_ls.never import name_of, refused_at
from quickfix_ls.settings import Layer, Rules, Settings, is_excluded, named_fixers, resolve, rules_for
from quickfix_ls.values import ProblemKind


class Choices:
    """The settings by folder, as a command finds them; what is wrong in them is said once, on standard error."""

    def __init__(self, outer: Sequence[Layer] = (), kinds: tuple[ProblemKind, ...] = (), only_fixer: str = "") -> None:
        self._outer = outer
        self.kinds = kinds
        self._only_fixer = only_fixer
        self._by_folder: dict[str, Settings] = {}
        self._targets: dict[str, Version] = {}
        self._modules: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._told: set[str] = set()

    def settings(self, path: str) -> Settings:
        """The settings of the file at `path`."""
        folder = os.path.dirname(os.path.abspath(path))
        if folder not in self._by_folder:
            settings, complaints = resolve(folder, self._outer)
            self._by_folder[folder] = settings
            if wrong := unknown_fixers(named_fixers(settings)):
                complaints.append(f"the settings of {folder}: {wrong}")
            for complaint in complaints:
                if complaint not in self._told:
                    self._told.add(complaint)
                    print(f"quickfix-ls: {complaint}", file=sys.stderr)
        return self._by_folder[folder]

    def rules(self, path: str) -> Rules:
        """What may be offered in the file at `path`."""
        path = os.path.abspath(path)
        rules = rules_for(self.settings(path), path)
        return rules._replace(never=refused_at(name_of(path)), kinds=self.kinds, only_fixer=self._only_fixer)

    def target(self, path: str) -> Version:
        """The Python version that the file at `path` is for: as set, else as its project says, else our own."""
        wanted = self.settings(path).target_version
        if wanted is not None:
            major, minor = wanted.split(".")
            return int(major), int(minor)
        path = os.path.abspath(path)
        folder = os.path.dirname(path)
        if folder not in self._targets:
            self._targets[folder] = target_of(path, [os.path.abspath(os.sep)]) or HERE
        return self._targets[folder]

    def modules(self, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Where the modules lie that the file at `path` can import, as `interpreters.modules_for` has it."""
        path = os.path.abspath(path)
        folder = os.path.dirname(path)
        if folder not in self._modules:
            self._modules[folder] = modules_for(path, [os.path.abspath(os.sep)])
        return self._modules[folder]

    def excludes(self, path: str) -> bool:
        """Whether a file or folder is left out by the setting `exclude`."""
        return is_excluded(self.settings(path), os.path.abspath(path))


def unknown_fixers(names: Iterable[str]) -> str:
    """A complaint of the names that no fixer has; empty where each is one's."""
    # Loading every fixer takes a while, and most settings name none.
    wanted = list(names)
    known = [one.name for one in all_fixers()] if wanted else []
    wrong = [name for name in wanted if name not in known]
    return f"there is no fixer {', '.join(map(repr, wrong))}; the fixers are {', '.join(known)}." if wrong else ""
