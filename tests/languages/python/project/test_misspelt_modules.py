"""Which module is meant by a missing one of nearly the same name."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.facts import environment_of
from quickfix_ls.languages.python.members.class_table import ClassTable
from quickfix_ls.languages.python.project.misspelt_modules import meant_modules
from tests.kit_python import python_index


def meant(text: str) -> list[str]:
    """The modules that may be meant by the first one that a text imports."""
    index, name = python_index(Snapshot.of(text)), text.split()[1]
    return meant_modules(environment_of(index), name, ClassTable(index).asked_of(name))


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("from maths import sqrt\n", "math"),
        ("import maths\n\nprint(maths.pi)\n", "math"),
        ("import jsons\n\njsons.dumps(1)\n", "json"),
    ],
)
def test_a_module_with_the_used_members_comes_first(text: str, module: str) -> None:
    assert meant(text)[0] == module


def test_a_module_without_the_used_members_is_not_meant() -> None:
    assert "json" not in meant("import jsons\n\njsons.loadit(1)\n")


def test_a_name_that_is_near_no_module_means_none() -> None:
    assert meant("from qqxzorders import Order\n") == []
