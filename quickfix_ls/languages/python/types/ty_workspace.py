"""The configuration of ty's language server for the questions about one project: ours alone, none of the project's."""

from __future__ import annotations

import json
from pathlib import Path, PurePath
from typing import NamedTuple

from quickfix_ls.languages.python.types.inquiries import TypeQuestion

_PACKAGES = ("site-packages", "dist-packages")
_UNNAMED = "unnamed_document_of_quickfix_ls.py"
_SUFFIXES = (".py", ".pyi")


class TyWorkspace(NamedTuple):
    """The folders of the questions that one server can answer.

    `home` contains the files that it is asked about; it is empty for documents that are no files and belong nowhere.
    Modules are searched in `roots`, beside the file, and in the folders of installed `packages`.
    """

    home: str
    roots: tuple[str, ...]
    packages: tuple[str, ...]

    def configuration(self) -> str:
        """Return the text of `ty.toml`."""
        lines = ["[environment]", f"root = {json.dumps(list(self.roots) or [self.home])}"]
        environments = [found for folder in self.packages if (found := _environment_of(folder))]
        if environments:
            lines.append(f"python = {json.dumps(environments[0])}")
        others = [folder for folder in self.packages if _environment_of(folder) not in environments[:1]]
        lines.append(f"extra-paths = {json.dumps(others)}")
        # ty reports nothing about files that it would not check.
        lines += ["[src]", "respect-ignore-files = false", 'exclude = ["!**/"]']
        return "\n".join([*lines, ""])


def workspace_of(question: TypeQuestion) -> TyWorkspace:
    """Return the workspace for a question. It is the same for all files of a project, so that the server is kept."""
    packages = tuple(folder for folder in question.folders if PurePath(folder).name in _PACKAGES)
    roots = tuple(folder for folder in question.folders if folder not in packages)
    if not question.path:
        return TyWorkspace(roots[0] if roots else "", roots, packages)
    own = str(Path(question.path).parent)
    around = [root for root in roots if Path(own).is_relative_to(root)]
    home = min(around, key=len, default=own)
    # ty looks beside a file too, in the last place.
    return TyWorkspace(home, tuple(root for root in roots if root != own or own == home), packages)


def uri_of(question: TypeQuestion, workspace: TyWorkspace, folder: str) -> str:
    """Return the URI under which the text of a question is shown; `folder` is for a document that belongs nowhere."""
    path = Path(question.path) if question.path else Path(workspace.home or folder, _UNNAMED)
    # ty would read a notebook's file in another way.
    return (path if path.suffix in _SUFFIXES else path.with_name(f"{path.name}.py")).as_uri()


def _environment_of(packages: str) -> str:
    """Return the folder of the environment that a folder of packages belongs to; empty if it has another layout."""
    parent = Path(packages).parent
    if parent.name == "Lib":
        return str(parent.parent)
    is_usual = parent.name.startswith("python3.") and parent.parent.name in ("lib", "lib64")
    return str(parent.parent.parent) if is_usual else ""
