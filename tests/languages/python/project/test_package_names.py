"""Which module of a package gives out which name is read from its sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from quickfix_ls.languages.python.project.importable import Importables
from quickfix_ls.languages.python.project.package_names import names_of_package

SOURCES = {
    "shop/__init__.py": """\
from .prices import Price, total as sum_of
from shop._parts.box import (  # parts
    Box,
    Lid,
)
import os
from os import path
__version__ = '1'
""",
    "shop/prices.py": """\
class Price:
    tax = 1


def total(prices):
    local = 2
    return local


RATE: float = 0.2
result = total([])
""",
    "shop/_parts/__init__.py": "",
    "shop/_parts/box.py": "class Box: ...\n\n\nclass Lid: ...\n\n\nasync def close(): ...\n",
    "shop/tests/__init__.py": "",
    "shop/tests/test_prices.py": "def test_price(): ...\n",
}


@pytest.fixture
def packages(tmp_path: Path) -> tuple[str, ...]:
    folder = tmp_path / "site-packages"
    for name, text in SOURCES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return (str(folder),)


@pytest.mark.parametrize(
    ("name", "modules"),
    [
        ("Price", ("shop", "shop.prices")),
        ("sum_of", ("shop",)),
        ("total", ("shop.prices",)),
        ("RATE", ("shop.prices",)),
        ("Box", ("shop", "shop._parts.box")),
        ("Lid", ("shop", "shop._parts.box")),
        ("close", ("shop._parts.box",)),
        ("result", None),
        ("tax", None),
        ("local", None),
        ("path", None),
        ("test_price", None),
    ],
)
def test_names_and_their_modules(packages: tuple[str, ...], name: str, modules: tuple[str, ...] | None) -> None:
    assert names_of_package("shop", packages).get(name) == modules


def test_a_package_that_is_not_there_has_none(packages: tuple[str, ...]) -> None:
    assert names_of_package("nowhere", packages) == {}


def test_only_packages_that_the_file_imports_count(packages: tuple[str, ...]) -> None:
    importables = Importables(packages=packages)
    assert importables.for_name("Lid") == []
    assert [one.statement for one in importables.for_name("Lid", near=("shop.prices.Price",))] == [
        "from shop import Lid",
    ]
    assert [one.statement for one in importables.for_name("Lid", near=("shop._parts.box.Box",))] == [
        "from shop._parts.box import Lid",
        "from shop import Lid",
    ]
    (one, *_) = importables.for_name("RATE", near=("shop.prices.Price",))
    (other, *_) = Importables(packages=packages).for_name("RATE", near=("shop",))
    assert one.popularity > other.popularity


def test_who_is_not_patient_learns_ahead(packages: tuple[str, ...]) -> None:
    importables = Importables(packages=packages, patient=False)
    assert importables.for_name("Lid", near=("shop",)) == []
    assert importables.unlearnt(["shop.prices", "os", "unknown.thing"]) == {"shop"}
    importables.learn(["shop"])
    assert importables.for_name("Lid", near=("shop",))
    assert importables.unlearnt(["shop"]) == frozenset()
