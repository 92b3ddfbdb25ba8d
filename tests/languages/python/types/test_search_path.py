"""Where a file's imports are looked up."""

from __future__ import annotations

from pathlib import Path

from quickfix_ls.languages.python.types.search_path import search_path


def test_the_own_folder_comes_first_then_the_workspace_then_the_packages(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "scripts").mkdir()
    found = search_path(str(tmp_path / "scripts" / "run.py"), [str(tmp_path)], ["/env/site-packages"])
    assert found == (str(tmp_path / "scripts"), str(tmp_path), str(tmp_path / "src"), "/env/site-packages")


def test_a_package_shadows_nothing(tmp_path: Path) -> None:
    """Its modules are not importable by their last names, whatever module of the standard library has that name."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").touch()
    assert search_path(str(package / "types.py"), [str(tmp_path)], ["/env"]) == (str(tmp_path), "/env")


def test_without_an_environment_our_own_packages_count() -> None:
    assert all(one.endswith(("site-packages", "dist-packages")) for one in search_path("", [], []))
    assert search_path("", [], [])
