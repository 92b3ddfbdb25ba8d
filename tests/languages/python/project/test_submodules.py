"""Which module has to be imported so that code can read a member of a package's module."""

from __future__ import annotations

from pathlib import Path

import pytest

from quickfix_ls.languages.python.project.submodules import module_to_import


@pytest.mark.parametrize(
    ("read", "module"),
    [
        ("xml.etree.ElementTree.parse", "xml.etree.ElementTree"),
        ("concurrent.futures.ThreadPoolExecutor", "concurrent.futures"),
        ("urllib.request.urlopen", "urllib.request"),
        ("logging.handlers.RotatingFileHandler", "logging.handlers"),
        ("logging.getLogger", "logging"),
        ("json.decoder.JSONDecodeError", "json"),
        ("os.path.join", "os"),
        ("asyncio.subprocess.PIPE", "asyncio"),
    ],
)
def test_what_a_package_loads_by_itself_is_left_out(read: str, module: str) -> None:
    package, *parts = read.split(".")
    assert module_to_import(package, parts, ()) == module


def test_modules_of_the_workspace_count(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").write_text("from .prices import total\n")
    (tmp_path / "shop" / "prices.py").write_text("def total(): ...\n")
    (tmp_path / "shop" / "orders.py").write_text("def order(): ...\n")
    assert module_to_import("shop", ["prices", "total"], (str(tmp_path),)) == "shop"
    assert module_to_import("shop", ["orders", "order"], (str(tmp_path),)) == "shop.orders"
