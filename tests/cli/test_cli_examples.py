"""Every example has one problem, every query of the shop one, and the first fix is what a person would do."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest

from quickfix_ls.cli import main
from quickfix_ls.training.exactness import is_exact

EXAMPLES = Path(__file__).parents[2] / "examples"

# The line that is wrong in each example, and what it must become.
REPAIRS = {
    "assignment_in_condition.py": ("if guess = secret:", "if guess == secret:"),
    "mismatched_quote.py": ("\"Guido']", '"Guido"]'),
    "missing_colon.py": ("in DIAMETERS.items()\n", "in DIAMETERS.items():\n"),
    "missing_import.py": ("\n\n\ndef diagonal", "\n\nimport math\n\n\ndef diagonal"),
    "missing_self.py": ("return visitors", "return self.visitors"),
    "misspelt_name.py": ("return higest", "return highest"),
    "python2_print.py": ("print word, count", "print(word, count)"),
    "unclosed_bracket.py": ('if name != "butter"\n', 'if name != "butter"\n)\n'),
    "wrong_indentation.py": ("\n     return total", "\n    return total"),
}

# The same of the shop's files.
SHOP_REPAIRS = {
    "customers.py": [("emial", "email")],
    "reports.sql": [("c.nmae", "c.name"), ("oders\n", "orders\n"), ("BY i.title", "BY p.title")],
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A copy of the shop, without what a run of its script may have left."""
    return shutil.copytree(EXAMPLES / "shop", tmp_path / "shop", ignore=shutil.ignore_patterns("*.db", "__pycache__"))


def test_there_is_a_repair_for_every_example() -> None:
    assert {path.name for path in EXAMPLES.glob("*.py")} == set(REPAIRS)


@pytest.mark.parametrize(("name", "wrong", "right"), [(name, *repair) for name, repair in REPAIRS.items()])
def test_every_example_has_one_problem_and_the_right_first_fix(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, wrong: str, right: str
) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    assert text.count(wrong) == 1
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert main(["fix", "--check", str(path)]) == 1
    assert len(capfd.readouterr().out.splitlines()) == 1
    assert main(["fix", "--write", "--unsafe", str(path)]) == 0
    mended = path.read_text(encoding="utf-8")
    # Blank lines around an import, or a bracket on a line of its own, are a matter of taste.
    assert is_exact("syntax", mended, text.replace(wrong, right))


@pytest.mark.parametrize("name", SHOP_REPAIRS)
@pytest.mark.parametrize("has_database", [False, True], ids=["by its DDL", "by its database"])
def test_every_query_of_the_shop_has_one_problem_and_the_right_first_fix(
    shop: Path, capfd: pytest.CaptureFixture[str], name: str, has_database: bool
) -> None:
    if has_database:
        runpy.run_path(str(shop / "make_database.py"), run_name="__main__")
    path = shop / name
    mended = path.read_text(encoding="utf-8")
    for wrong, right in SHOP_REPAIRS[name]:
        assert mended.count(wrong) == 1
        mended = mended.replace(wrong, right)
    assert main(["fix", "--check", str(path)]) == 1
    assert len(capfd.readouterr().out.splitlines()) == len(SHOP_REPAIRS[name])
    main(["fix", str(path)])
    source = "shop.db" if has_database else "schema.sql"
    assert f"every name is in the schema ({source}" in capfd.readouterr().out
    assert main(["fix", "--write", "--unsafe", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == mended


def test_only_the_queries_of_the_shop_are_broken(shop: Path) -> None:
    right = sorted(path.name for path in shop.iterdir() if main(["fix", "--check", str(path)]) == 0)
    assert right == ["make_database.py", "schema.sql"]
    assert {path.name for path in shop.iterdir()} == {*right, *SHOP_REPAIRS}
