"""What a name can be imported from."""

from __future__ import annotations

from pathlib import Path

import pytest

from quickfix_ls.languages.python.project.importable import DATA, Importables
from quickfix_ls.training.importables import tabulate


def statements(name: str, roots: tuple[str, ...] = ()) -> list[str]:
    return [one.statement for one in Importables(roots).for_name(name)]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("np", "import numpy as np"),
        ("pd", "import pandas as pd"),
        ("plt", "import matplotlib.pyplot as plt"),
        ("math", "import math"),
        ("sqrt", "from math import sqrt"),
        ("deque", "from collections import deque"),
        ("List", "from typing import List"),
        ("Path", "from pathlib import Path"),
        ("BeautifulSoup", "from bs4 import BeautifulSoup"),
        ("bisect_right", "from bisect import bisect_right"),
    ],
)
def test_the_most_common_way_comes_first(name: str, first: str) -> None:
    assert statements(name)[0] == first


def test_at_most_five_and_nothing_for_unknown_names() -> None:
    assert len(statements("path")) <= 5
    assert statements("surely_nobody_calls_it_so") == []


def test_a_name_and_its_module() -> None:
    (one, *_) = Importables().for_name("sqrt")
    assert (one.module, one.member, one.name) == ("math", "sqrt", "sqrt")
    assert "numpy" in Importables().modules_with("zeros")


def test_modules_and_names_of_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "src" / "shop").mkdir(parents=True)
    (tmp_path / "src" / "shop" / "__init__.py").write_text("class Basket:\n    def inner(self): ...\n")
    (tmp_path / "src" / "shop" / "money.py").write_text("async def pay(): ...\n")
    (tmp_path / "helper.py").write_text("def help_out(): ...\n")
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / "pyvenv.cfg").write_text("")
    (tmp_path / "venv" / "hidden_module.py").write_text("def hidden_name(): ...\n")
    roots = (str(tmp_path),)
    assert statements("Basket", roots) == ["from shop import Basket"]
    assert statements("pay", roots) == ["from shop.money import pay"]
    assert statements("helper", roots) == ["import helper"]
    assert statements("help_out", roots) == ["from helper import help_out"]
    assert statements("hidden_name", roots) == statements("inner", roots) == []


def test_a_workspace_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert statements("surely_nobody_calls_it_so", (str(tmp_path / "gone"),)) == []


def test_the_shipped_table_stays_small() -> None:
    assert 50_000 < DATA.stat().st_size < 600_000


def test_how_a_table_is_made() -> None:
    shop = "import shop.money as money\nfrom shop import Basket\nimport shop\nshop.order(1)\n"
    table = tabulate([("a", shop), ("b", shop), ("shop", "from shop import Basket, own\n")])
    assert table["money"] == "2 shop.money as"
    assert table["Basket"] == "2 shop:Basket"
    assert table["order"] == "2 shop!order"
    assert "own" not in table
    assert "0 math:isqrt" in table["isqrt"].split(";")
