"""Names that packages renamed are reported for the version that is installed, and for no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.project import packages
from quickfix_ls.languages.python.project.installed import holds, owns, version_of
from quickfix_ls.languages.python.project.renamed_apis import renamed_apis
from tests.kit_python import python_index


def environment(folder: Path, distribution: str, version: str, sources: dict[str, str]) -> tuple[str, ...]:
    """A folder of packages with one distribution of some modules."""
    (folder / f"{distribution}-{version}.dist-info").mkdir()
    for name, text in sources.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return (str(folder),)


def found(text: str, folders: tuple[str, ...]) -> list[str]:
    index = python_index(Snapshot.of(text), packages=folders)
    return [f"{text[one.span.start : one.span.end]}: {one.code}" for one in renamed_apis(index)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import numpy as np\nx = np.float\n", ["float: AttributeError"]),
        ("from numpy import float as f\n", ["float: ImportError"]),
        ("import numpy as np\nx = np.bool\n", []),  # it is back since 2.0
        ("import numpy as np\nx = np.zeros\n", []),
        ("import numpy as np\nif hasattr(np, 'float'):\n    x = np.float\n", []),
        ("try:\n    from numpy import float\nexcept ImportError:\n    pass\n", []),
        ("def f(np):\n    return np.float\n", []),
    ],
)
def test_members(tmp_path: Path, text: str, expected: list[str]) -> None:
    folders = environment(tmp_path, "numpy", "2.0.1", {"numpy/__init__.py": "bool = zeros = 1\n"})
    assert found(text, folders) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from sklearn.cross_validation import KFold, cross_val_score\n", ["sklearn.cross_validation"]),
        ("import sklearn.grid_search\n", ["sklearn.grid_search"]),
        ("from sklearn.externals import joblib\n", ["joblib"]),
        ("from sklearn.metrics import plot_roc_curve\n", ["plot_roc_curve"]),
        ("from sklearn.model_selection import KFold\n", []),
    ],
)
def test_modules(tmp_path: Path, text: str, expected: list[str]) -> None:
    sources = {"sklearn/__init__.py": "", "sklearn/metrics/__init__.py": "", "sklearn/externals/__init__.py": ""}
    folders = environment(tmp_path, "scikit_learn", "1.5.0", sources)
    assert [one.partition(":")[0] for one in found(text, folders)] == expected


def test_versions_that_still_have_it_and_packages_that_are_not_there(tmp_path: Path) -> None:
    text = "import numpy as np\nx = np.float\n"
    assert found(text, environment(tmp_path, "numpy", "1.23.5", {"numpy/__init__.py": ""})) == []
    assert found(text, ()) == []


def test_what_the_source_has_counts(tmp_path: Path) -> None:
    sources = {
        "shop/__init__.py": "from os import sep\nfrom ._orders import *\nfrom .bills import bill\n",
        "shop/_orders.py": "def order():\n    inner = 1\n\nif True:\n    late = 2\n",
        "shop/bills.py": "bill = 1\n",
        "lazy.py": "def __getattr__(name):\n    return 1\n",
    }
    folders = environment(tmp_path, "shop", "1.0", sources)
    assert [holds("shop", name, folders) for name in ("order", "late", "bill", "bills", "sep")] == [True] * 5
    assert holds("shop", "inner", folders) is False
    assert holds("lazy", "anything", folders) is None
    assert holds("absent", "anything", folders) is None
    assert (owns("shop", "order", folders), owns("shop", "sep", folders)) == (True, False)
    assert version_of("Shop", folders) == "1.0"


def test_the_tables_are_whole() -> None:
    entries = packages._renamed().values()
    assert len(entries) >= 800
    for one in entries:
        assert one.source, one.old
        assert re.fullmatch(r"\d+\.\d+", one.version) or not one.package, one.old
        assert one.old not in one.new


@pytest.mark.parametrize("name", packages._TABLES)
def test_the_quick_reader_reads_what_a_reader_of_toml_does(name: str) -> None:
    tomllib = pytest.importorskip("tomllib")
    text = (Path(packages.__file__).parent / name).read_text(encoding="utf-8")
    assert list(packages.releases(text)) == tomllib.loads(text)["release"]


def test_a_family_of_modules_is_renamed() -> None:
    one = packages.renamed("modules", "flask.ext.login")
    assert one is not None
    assert one.new == ("flask_login",)
    assert packages.renamed("modules", "flask.blueprints") is None


def test_distributions() -> None:
    assert len(packages.distributions()) >= 150
    assert packages.distribution_of("cv2") == "opencv-python"
    assert packages.distribution_of("google.protobuf.message") == "protobuf"
    assert packages.distribution_of("requests") == ""
