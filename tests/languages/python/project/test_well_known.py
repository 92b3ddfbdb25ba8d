"""The names of well-known packages that need not be installed."""

from __future__ import annotations

from quickfix_ls.languages.python.project.importable import Importables
from quickfix_ls.languages.python.project.well_known import well_known


def test_names_are_known_by_package() -> None:
    assert well_known("flask", "request") == ("flask",)
    assert well_known("django", "reverse") == ("django.urls",)
    assert well_known("flask", "reverse") == ()
    assert well_known("nobody", "request") == ()


def test_they_are_importable_where_the_file_imports_the_package() -> None:
    importables = Importables()
    assert next(way.statement for way in importables.for_name("reverse", near=("django.db.models",))) == (
        "from django.urls import reverse"
    )
    assert all("django" not in way.statement for way in importables.for_name("reverse"))
