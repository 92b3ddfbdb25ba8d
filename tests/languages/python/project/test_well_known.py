"""The names of well-known packages that need not be installed."""

from __future__ import annotations

from quickfix_ls.languages.python.project.importable import Importables
from quickfix_ls.languages.python.project.well_known import well_known


def test_names_are_known_by_package() -> None:
    assert well_known("flask", "request") == ("flask",)
    assert well_known("django", "reverse") == ("django.urls", "django.urls.base")
    assert well_known("sqlalchemy", "Session")[0] == "sqlalchemy.orm"
    assert well_known("sympy", "Sum") == ("sympy", "sympy.concrete.summations")
    assert well_known("flask", "reverse") == ()
    assert well_known("nobody", "request") == ()


def test_they_are_importable_where_the_file_imports_the_package() -> None:
    importables = Importables()
    assert next(way.statement for way in importables.for_name("reverse", near=("django.db.models",))) == (
        "from django.urls import reverse"
    )
    assert all("django" not in way.statement for way in importables.for_name("reverse"))


def test_a_package_gives_out_its_modules_too() -> None:
    assert "sqlalchemy" in well_known("sqlalchemy", "orm")
    assert well_known("PyQt5", "QtGui") == ("PyQt5",)


def test_modules_that_are_not_installed_are_members_of_an_imported_package() -> None:
    importables = Importables(packages=("nowhere",))
    assert importables.has("django.db", "models")
    assert importables.has("flask", "request")
    assert not importables.has("flask", "nothing")


def test_a_well_known_module_is_importable_without_being_installed() -> None:
    ways = Importables(packages=("nowhere",)).for_name("tabulate")
    assert [way.statement for way in ways] == ["import tabulate"]


def test_inner_modules_are_offered_where_the_file_imports_from_such() -> None:
    importables = Importables(packages=("nowhere",))
    outer = importables.for_name("Sum", near=("sympy.Symbol",))
    assert [way.module for way in outer] == ["sympy"]
    inner = importables.for_name("Sum", near=("sympy.core.symbol.Symbol",))
    assert [way.module for way in inner] == ["sympy", "sympy.concrete.summations"]
