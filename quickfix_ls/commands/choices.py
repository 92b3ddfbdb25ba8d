"""The settings, rules, language and environment of each file of a command, from its nearest configuration files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from quickfix_ls import languages
from quickfix_ls.candidates.fixers import all_fixers
from quickfix_ls.commands.disk import NOTEBOOK, STDIN
from quickfix_ls.languages import all_files
from quickfix_ls.languages.language import FilePlace, Language, head_of
from quickfix_ls.refused_changes import name_of, refused_at
from quickfix_ls.settings import Layer, Rules, Settings, is_excluded, named_fixers, resolve, rules_for
from quickfix_ls.values import ProblemKind


class Choices:
    """The settings by folder, with what the command line adds; each error in them is printed once to standard error.

    `outer` are the layers of settings over the configuration files; `kinds` and `only_fixer`, if not empty, restrict
    the problems and fixes. `stdin_name` is the name of the file on standard input, empty if none is given.
    """

    def __init__(
        self,
        outer: Sequence[Layer] = (),
        kinds: tuple[ProblemKind, ...] = (),
        only_fixer: str = "",
        stdin_name: str = "",
    ) -> None:
        self._outer = outer
        self.kinds = kinds
        self._only_fixer = only_fixer
        self._stdin_name = stdin_name
        self._by_folder: dict[str, Settings] = {}
        self._environments: dict[tuple[str, str, str, tuple[str, ...], bool], object] = {}
        self._printed: set[str] = set()

    def settings(self, path: str) -> Settings:
        """Return the settings of the file at `path`, and print new complaints about them."""
        folder = os.path.dirname(self._absolute(path))
        if folder not in self._by_folder:
            settings, complaints = resolve(folder, self._outer)
            self._by_folder[folder] = settings
            if wrong := unknown_fixers(named_fixers(settings)):
                complaints.append(f"the settings of {folder}: {wrong}")
            for complaint in complaints:
                if complaint not in self._printed:
                    self._printed.add(complaint)
                    print(f"quickfix-ls: {complaint}", file=sys.stderr)
        return self._by_folder[folder]

    def rules(self, path: str) -> Rules:
        """Return the rules of what may be offered in the file at `path`."""
        path = self._absolute(path)
        rules = rules_for(self.settings(path), path)
        return rules._replace(never=refused_at(name_of(path)), kinds=self.kinds, only_fixer=self._only_fixer)

    def language(self, path: str) -> Language:
        """Return the language of the file at `path`; the default one for standard input and unknown file names."""
        return languages.of(languages.name_for("", self._absolute(path)) or languages.EXPECTED)

    def environment(self, path: str, roots: tuple[str, ...], text: str, language: Language | None = None) -> object:
        """Return the environment of the file at `path` with a `text`, or of its texts in another `language`.

        `roots` are the folders whose modules it can import. It is kept for the folder's other files, unless it varies.
        """
        settings, language = self.settings(path), language or self.language(path)
        path = self._absolute(path)
        version = settings.target_version or ""
        top = (os.path.abspath(os.sep),)
        place = FilePlace(path, roots, top, version, settings=settings, notebook=path.endswith(NOTEBOOK))
        if language.environment_varies:
            return language.environment(place._replace(head=head_of(text)))
        key = os.path.dirname(path), language.name, version, roots, place.notebook
        if key not in self._environments:
            self._environments[key] = language.environment(place)
        return self._environments[key]

    def excludes(self, path: str) -> bool:
        """Return whether the setting `exclude` covers a file or folder."""
        return is_excluded(self.settings(path), self._absolute(path))

    def _absolute(self, path: str) -> str:
        return os.path.abspath(self._stdin_name or path if path == STDIN else path)


def unknown_fixers(names: Iterable[str]) -> str:
    """Return a complaint about names that no fixer has; empty if there are none."""
    # Loading all fixers is slow, and most settings name none.
    wanted = list(names)
    known = [fixer.name for name in all_files() for fixer in all_fixers(languages.of(name).fixers)] if wanted else []
    wrong = [name for name in wanted if name not in known]
    return f"there is no fixer {', '.join(map(repr, wrong))}; the fixers are {', '.join(known)}." if wrong else ""
