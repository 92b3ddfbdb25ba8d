"""Keys that a dictionary of the file lacks: which are reported, and what keeps us silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.members.dictionary_keys import misspelt_keys
from quickfix_ls.languages.python.project.missing_packages import missing_packages
from tests.kit_python import python_index

ROOM = "room = {'width': 2, 'height': 3}\n"


def keys(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.name, one.hints) for one in misspelt_keys(python_index(Snapshot.of(text)))]


@pytest.mark.parametrize(
    "use",
    [
        "print(room['widht'])\n",
        "\n\ndef area():\n    return room['widht'] * room['height']\n",
        "for key in room:\n    print(key)\nprint(room['widht'])\n",
        "if 'width' in room:\n    print(len(room), room.get('x'), room['widht'])\n",
    ],
)
def test_a_misspelt_key_is_found(use: str) -> None:
    assert keys(ROOM + use) == [("widht", ("width",))]


@pytest.mark.parametrize(
    "use",
    [
        "room['widht'] = 3\nprint(room['widht'])\n",
        "room['widht'] += 3\n",
        "fill(room)\nprint(room['widht'])\n",
        "room.update(x)\nprint(room['widht'])\n",
        "room |= x\nprint(room['widht'])\n",
        "other = room\nprint(room['widht'])\n",
        "del room['widht']\n",
        "room[key] = 1\nprint(room['widht'])\n",
        "room = load()\nprint(room['widht'])\n",
        "def f(room):\n    return room['widht']\n",
        "try:\n    print(room['widht'])\nexcept KeyError:\n    pass\n",
        "print(room['colour'])\n",
        "print(shop.room['widht'])\n",
        "print(room['width'])\n",
    ],
)
def test_what_may_have_other_keys_is_left_alone(use: str) -> None:
    assert keys(ROOM + use) == []


@pytest.mark.parametrize(
    "literal", ["{**base, 'width': 2}", "{'width': 2} | base", "{key: 2, 'width': 3}", "{'width'}"]
)
def test_other_literals_are_left_alone(literal: str) -> None:
    assert keys(f"room = {literal}\nprint(room['widht'])\n") == []


def missing(text: str, packages: tuple[str, ...], beside: tuple[str, ...] = ()) -> list[str]:
    return [one.message for one in missing_packages(python_index(Snapshot.of(text), packages=packages, beside=beside))]


def test_a_package_that_is_not_installed_is_told_with_its_distribution(tmp_path: Path) -> None:
    (installed, own) = (tmp_path / "site-packages", tmp_path / "project")
    (installed / "yaml").mkdir(parents=True)
    own.mkdir()
    (own / "box.py").write_text("")
    text = "import cv2\nimport yaml\nimport os, requests\nfrom box import Box\n"
    folders = (str(installed),)
    assert missing(text, folders, (str(own),)) == ["No module named 'cv2': it is in the distribution `opencv-python`"]
    assert missing(text, ()) == []
    assert missing("try:\n    import cv2\nexcept ImportError:\n    cv2 = None\n", folders) == []
