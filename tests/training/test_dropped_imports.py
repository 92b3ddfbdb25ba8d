"""Whole files that lack one of their imports."""

from __future__ import annotations

from random import Random

from quickfix_ls.training.corpus import corpus_files
from quickfix_ls.training.dropped_imports import dropped_import_rows, without_import
from quickfix_ls.training.name_fixes import is_right

TEXT = "import json\nfrom shop.orders import cart, till\n\nprint(json.dumps([cart, till]))\n"


def test_one_name_is_left_out_of_its_statement_or_the_statement_goes() -> None:
    pairs = (without_import(TEXT, Random(seed)) for seed in range(20))
    broken = {pair.broken for pair in pairs if pair is not None}
    assert broken == {
        TEXT.replace("import json\n", ""),
        TEXT.replace("cart, till\n", "till\n"),
        TEXT.replace("cart, till\n", "cart\n"),
    }


def test_a_file_without_imports_and_one_with_several_on_a_line_are_left() -> None:
    assert without_import("print(1)\n", Random(0)) is None
    assert without_import("x = 1; import json\nprint(json)\n", Random(0)) is None


def test_rows_state_the_undefined_name_and_the_right_text() -> None:
    rows = list(dropped_import_rows(corpus_files()[:300], 3, 1))
    assert len(rows) == 3
    for row in rows:
        name = row["error"].split("'")[1]
        assert row["error"] == f"name '{name}' is not defined"
        assert name in row["broken"].splitlines()[row["line"] - 1]
        assert is_right("name", row["error"], row["broken"], row["fixed"], row["fixed"])
    assert rows == list(dropped_import_rows(corpus_files()[:300], 3, 1))
