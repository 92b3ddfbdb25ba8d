"""The VS Code extension can be published as it is, but for what only its publisher knows."""

from __future__ import annotations

import json
import runpy
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.kit import REPOSITORY

EXTENSION = REPOSITORY / "editors" / "vscode"
PUBLISHERS_OWN = ["package.json: no `repository`"]
"""What is left open until there is an address."""

complaints: Callable[[Path], Iterable[str]] = runpy.run_path(str(EXTENSION / "check_publishing.py"))["complaints"]


@pytest.fixture
def extension(tmp_path: Path) -> Path:
    """A copy of what the Marketplace looks at."""
    for name in ("package.json", "README.md", "CHANGELOG.md", "LICENSE"):
        shutil.copy(EXTENSION / name, tmp_path)
    shutil.copytree(EXTENSION / "media", tmp_path / "media")
    return tmp_path


def test_nothing_but_the_repositorys_address_is_missing() -> None:
    assert list(complaints(EXTENSION)) == PUBLISHERS_OWN


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"publisher": "two words"}, "`publisher`"),
        ({"version": "0.1.0-beta.1"}, "`version`"),
        ({"categories": ["Linters", "Python"]}, "no such `categories`: Python"),
        ({"keywords": [str(number) for number in range(31)]}, "`keywords`"),
        ({"engines": {"vscode": "*"}}, "`engines.vscode`"),
        ({"engines": {"vscode": "^1.90.0"}}, "`@types/vscode`"),
        ({"icon": "media/none.png"}, "`icon`"),
        ({"enabledApiProposals": ["chatProvider"]}, "proposed"),
        ({"activationEvents": ["*"]}, "every start"),
        ({"badges": [{"url": "https://example.com/a.svg?x"}]}, "SVG"),
        ({"license": ""}, "no `license`"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_manifest_that_is_refused(extension: Path, change: dict[str, Any], told: str) -> None:
    manifest = json.loads((extension / "package.json").read_text())
    (extension / "package.json").write_text(json.dumps({**manifest, **change}))
    (complaint,) = set(complaints(extension)) - set(PUBLISHERS_OWN)
    assert told in complaint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("![The menu](media/menu.png)", "not at https: media/menu.png"),
        ('<img alt="The menu" src="http://example.com/menu.png">', "not at https: http://example.com/menu.png"),
        ("![Build](https://example.com/build.svg)", "in SVG: https://example.com/build.svg"),
        ("[More](docs/more.md)", "leads nowhere from the Marketplace: docs/more.md"),
    ],
)
def test_a_page_that_is_refused(extension: Path, text: str, told: str) -> None:
    with (extension / "README.md").open("a") as readme:
        readme.write(f"\n{text}\n\n```\n![In code](a.svg)\n```\n")
    (complaint,) = set(complaints(extension)) - set(PUBLISHERS_OWN)
    assert complaint.startswith("README.md: ")
    assert complaint.endswith(told)


def test_an_icon_that_is_refused(extension: Path) -> None:
    (extension / "media" / "icon.png").write_bytes(b"<svg/>")
    assert set(complaints(extension)) == {*PUBLISHERS_OWN, "media/icon.png: not a PNG"}
