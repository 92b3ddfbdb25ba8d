"""Cells of SQL in Python scripts."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.embedded_view import EmbeddedView
from quickfix_ls.languages.python.embedded.cells import cells_in, masked
from quickfix_ls.languages.python.embedded.fragments import fragments
from quickfix_ls.values import Edit, Span, apply_edits

DATABRICKS = """\
# Databricks notebook source
x = 1

# COMMAND ----------

# MAGIC %sql
# MAGIC SELECT a
# MAGIC FROM t

# COMMAND ----------

# MAGIC %md
# MAGIC select a from t

# COMMAND ----------

# MAGIC %sql SELECT 2
"""
PERCENT = """\
# %% [sql]
# SELECT a
# FROM t
# %% [markdown]
# select a from t
# %%
%%sql result << postgresql://localhost/shop
SELECT b
FROM u
# %%
print(1)
%sql SELECT c FROM v
print(2)
# %%
%%sql SELECT d
FROM w
# %% language="sql"
# SELECT e
"""


def texts(source: str) -> list[str]:
    return ["".join(one.text for one in fragment.segments).strip() for fragment in fragments(source)]


def test_the_cells_of_databricks_are_found() -> None:
    assert texts(DATABRICKS) == ["SELECT a\nFROM t", "SELECT 2"]
    assert masked(DATABRICKS) is None


def test_the_cells_of_percent_scripts_are_found() -> None:
    assert texts(PERCENT) == [
        "SELECT a\nFROM t",
        "SELECT b\nFROM u",
        "SELECT c FROM v",
        "SELECT d\nFROM w",
        "SELECT e",
    ]


def test_what_is_no_python_is_masked_line_by_line() -> None:
    segments = masked(PERCENT)
    assert segments is not None
    shown = "".join(one.text for one in segments)
    assert shown.count("\n") == PERCENT.count("\n")
    assert "SELECT b" not in shown
    assert "%sql" not in shown
    assert "# SELECT a" in shown
    compile(shown, "script.py", "exec")


@pytest.mark.parametrize(
    ("edit", "new", "expected"),
    [
        ("SELECT a", "SELECT b", "# MAGIC SELECT b\n# MAGIC FROM t\n"),
        ("a\n", "a,\n  b\n", "# MAGIC SELECT a,\n# MAGIC   b\n# MAGIC FROM t\n"),
        ("t\n", "t\nWHERE c\n", "# MAGIC SELECT a\n# MAGIC FROM t\n# MAGIC WHERE c\n"),
        ("", "WITH x AS (SELECT 1)\n", "# MAGIC WITH x AS (SELECT 1)\n# MAGIC SELECT a\n# MAGIC FROM t\n"),
    ],
)
def test_lines_that_are_added_are_comments_too(edit: str, new: str, expected: str) -> None:
    view = EmbeddedView("", DATABRICKS, [fragment.segments for fragment in cells_in(DATABRICKS)])
    start = view.text.index(edit)
    mapped = view.map_edits([Edit(Span(start, start + len(edit)), new)])
    assert mapped is not None
    after = apply_edits(DATABRICKS, mapped[""])
    assert after == DATABRICKS.replace("# MAGIC SELECT a\n# MAGIC FROM t\n", expected)


def test_a_line_is_not_joined_to_the_comment_behind_it() -> None:
    view = EmbeddedView("", DATABRICKS, [fragment.segments for fragment in cells_in(DATABRICKS)])
    for line in ("SELECT a\n", "SELECT 2\n"):
        start = view.text.index(line)
        assert view.map_edits([Edit(Span(start, start + len(line)), "")]) is None


def test_line_ends_of_windows_are_kept() -> None:
    source = DATABRICKS.replace("\n", "\r\n")
    view = EmbeddedView("", source, [fragment.segments for fragment in cells_in(source)])
    start = view.text.index("a\r\n")
    mapped = view.map_edits([Edit(Span(start, start + 1), "b,\r\n c")])
    assert mapped is not None
    assert "SELECT b,\r\n# MAGIC  c\r\n# MAGIC FROM t\r\n" in apply_edits(source, mapped[""])


@pytest.mark.parametrize("source", ["x = 1\n", "print('%sql')\n", "# about %sqlite\nx = 1\n", "# %%\n# SELECT a\n"])
def test_other_scripts_have_no_cells(source: str) -> None:
    assert cells_in(source) == ()
    assert masked(source) is None
