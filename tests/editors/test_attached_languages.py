"""Every editor is told to attach the server to the documents of each language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quickfix_ls.languages import all_files
from tests.kit import REPOSITORY

FOLDERS = sorted(readme.parent for readme in REPOSITORY.glob("editors/*/README.md"))
SHOWN = {".el", ".json", ".lua", ".md", ".toml", ".vim"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_set_up_of_an_editor_names_each_language(folder: Path) -> None:
    paths = [path for path in folder.rglob("*") if path.suffix in SHOWN and "node_modules" not in path.parts]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    for files in all_files().values():
        named = re.compile(rf"[\".'(^ =|]{files.word}\b(?!-ls)", re.IGNORECASE)
        assert any(named.search(text) for text in texts), files.word
