"""Notebooks on the command line: every mode, in the cells; of the file, only the strings that change."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.cli import main
from tests.kit_kernel import write_notebook

pytestmark = pytest.mark.usefixtures("own_state")

NO_COLON = "%matplotlib\nfor i in range(3)\n    print(i)"
TYPO = "total = 1\nprint(totl)"
BROKEN = ["import math\nprices = {'price': 3}", NO_COLON, TYPO, "x = 'größer'"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def broken(folder: Path) -> Path:
    write_notebook(folder / "a.ipynb", BROKEN)
    return folder / "a.ipynb"


def shown(capfd: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["fix", *arguments]) == code
    return capfd.readouterr().out


def sources(path: Path) -> list[str]:
    """The sources of the code cells, as nbformat reads them."""
    cells = pytest.importorskip("nbformat").read(path, 4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


# -- modes -----------------------------------------------------------------------------------------------------


def test_problems_are_listed_by_cell_and_line(broken: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert shown(capfd, "--check", "a.ipynb", code=1).splitlines() == [
        "a.ipynb:cell 2:2:18: SyntaxError: expected ':'",
        "a.ipynb:cell 3:2:7: NameError: name 'totl' is not defined",
    ]


def test_the_preview_counts_lines_in_the_cell(broken: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = shown(capfd, "a.ipynb")
    assert "--> a.ipynb:cell 2:2:18" in text
    assert "1 | %matplotlib\n2 - for i in range(3)\n2 + for i in range(3):\n" in text
    assert "\x1e" not in text


def test_a_change_in_another_cell_names_it(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_notebook(folder / "a.ipynb", ["rows = [1]", "print(os.getcwd())"])
    text = shown(capfd, "a.ipynb")
    assert "--> a.ipynb:cell 2:1:7" in text
    assert "in cell 1:\n1 + import os\n2 +\n3 | rows = [1]\n" in text


def test_await_is_no_error_outside_of_a_function(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_notebook(folder / "a.ipynb", ["async def go():\n    return 1", "await go()"])
    assert shown(capfd, "--check", "a.ipynb") == ""


def test_only_the_strings_that_change_are_written(broken: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = broken.read_bytes()
    shown(capfd, "--write", "--unsafe", "a.ipynb")
    expected = before.replace(b'"for i in range(3)\\n"', b'"for i in range(3):\\n"').replace(b"(totl)", b"(total)")
    assert broken.read_bytes() == expected != before
    assert sources(broken) == [BROKEN[0], NO_COLON.replace("3)", "3):"), TYPO.replace("totl", "total"), BROKEN[3]]


@pytest.mark.parametrize("style", ["text", "escaped", "crlf", "bom", "compact"])
def test_every_style_of_json_is_kept(broken: Path, capfd: pytest.CaptureFixture[str], style: str) -> None:
    value: dict[str, Any] = json.loads(broken.read_bytes())
    if style == "text":
        for cell in value["cells"]:
            cell["source"] = "".join(cell["source"])
    text = json.dumps(value, indent=None if style == "compact" else 2, ensure_ascii=style == "escaped")
    data = text.replace("\n", "\r\n" if style == "crlf" else "\n").encode()
    data = b"\xef\xbb\xbf" + data if style == "bom" else data
    broken.write_bytes(data)
    shown(capfd, "--write", "a.ipynb", code=1)
    assert broken.read_bytes() == data.replace(b"for i in range(3)", b"for i in range(3):") != data


def test_the_diff_is_one_of_cells(broken: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = broken.read_bytes()
    assert shown(capfd, "--diff", "a.ipynb", code=1).splitlines() == [
        "--- a.ipynb:cell 2",
        "+++ a.ipynb:cell 2",
        "@@ -1,3 +1,3 @@",
        " %matplotlib",
        "-for i in range(3)",
        "+for i in range(3):",
        "     print(i)",
    ]
    assert broken.read_bytes() == before


def test_json_tells_the_cell_of_problems_and_edits(broken: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (file,) = json.loads(shown(capfd, "--json", "a.ipynb"))["files"]
    problem = file["problems"][0]
    assert (problem["cell"], problem["line"], problem["column"]) == (2, 2, 18)
    (edit,) = problem["offers"][0]["edits"]
    assert (edit["cell"], edit["line"], edit["column"], edit["text"]) == (2, 2, 18, ":")


def test_annotations_and_sarif_name_the_line_of_the_json(broken: Path, capfd: pytest.CaptureFixture[str]) -> None:
    lines = broken.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, 1) if "totl" in line)
    column = lines[at - 1].index("totl") + 1
    text = shown(capfd, "--check", "--format", "github", "a.ipynb", code=1)
    assert (
        f"line={at},col={column},endLine={at},endColumn={column + 4},title=NameError::cell 3:2:7: name 'totl'" in text
    )
    log = json.loads(shown(capfd, "--check", "--format", "sarif", "a.ipynb", code=1))
    result = log["runs"][0]["results"][1]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (at, column)
    assert result["message"]["text"] == "cell 3:2:7: name 'totl' is not defined"


# -- files -----------------------------------------------------------------------------------------------------


def test_notebooks_in_folders_are_found_but_for_their_checkpoints(
    broken: Path, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "a-checkpoint.ipynb").write_bytes(broken.read_bytes())
    assert "checkpoint" not in shown(capfd, "--check", ".", code=1)
    (folder / "pyproject.toml").write_text('[tool.quickfix-ls]\nexclude = ["*.ipynb"]\n')
    assert shown(capfd, "--check", ".") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"cells": [', "it is no JSON"),
        ("", "it is no JSON"),
        ('{"nbformat": 3, "worksheets": []}', "a notebook of format 3, and only format 4 is read"),
    ],
)
def test_what_is_no_notebook_is_an_error(
    folder: Path, capfd: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    (folder / "a.ipynb").write_text(text)
    (folder / "b.py").write_text("x = 1\n")
    for mode in ([], ["--check"], ["--write"], ["--json"], ["--diff"]):
        assert main(["fix", *mode, "a.ipynb", "b.py"]) == 2
        assert words in capfd.readouterr().err
    assert (folder / "a.ipynb").read_text() == text


def test_a_notebook_of_another_language_or_without_cells_has_no_problems(
    broken: Path, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    value: dict[str, Any] = json.loads(broken.read_bytes())
    value["metadata"]["kernelspec"]["language"] = "R"
    broken.write_text(json.dumps(value))
    write_notebook(folder / "b.ipynb", [])
    assert shown(capfd, "--check", ".") == ""


def test_a_notebook_that_breaks_a_rule_already_is_fixed_nevertheless(
    broken: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    value: dict[str, Any] = json.loads(broken.read_bytes())
    del value["cells"][1]["outputs"]
    broken.write_text(json.dumps(value))
    shown(capfd, "--write", "a.ipynb", code=1)
    assert json.loads(broken.read_bytes())["cells"][2]["source"][1] == "for i in range(3):\n"


def test_a_notebook_on_standard_input(broken: Path) -> None:
    command = [sys.executable, "-m", "quickfix_ls", "fix", "--write", "--stdin-filename", "a.ipynb", "-"]
    done = subprocess.run(command, input=broken.read_bytes(), capture_output=True, timeout=60)
    assert done.stdout == broken.read_bytes().replace(b"for i in range(3)", b"for i in range(3):")
    assert done.returncode == 1


# -- other languages -------------------------------------------------------------------------------------------


def test_a_cell_of_sql_is_read_as_sql(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_notebook(folder / "a.ipynb", ["%load_ext sql", "%%sql\nSELECT name FORM people", "x = 1"])
    assert "a.ipynb:cell 2:2:" in shown(capfd, "--check", "a.ipynb", code=1)
    shown(capfd, "--write", "--unsafe", "a.ipynb")
    assert sources(folder / "a.ipynb") == ["%load_ext sql", "%%sql\nSELECT name FROM people", "x = 1"]


# -- errors in outputs -----------------------------------------------------------------------------------------


def test_an_error_of_a_run_is_fixed_in_the_cell_that_needs_it(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    cells = ["def shout(text):\n    return text.uper()", "shout('a')"]
    write_notebook(folder / "a.ipynb", cells, is_run=True)
    assert "a.ipynb:cell 1:2:17: AttributeError" in shown(capfd, "--check", "a.ipynb", code=1)
    shown(capfd, "--write", "--unsafe", "a.ipynb")
    assert sources(folder / "a.ipynb") == [cells[0].replace("uper", "upper"), cells[1]]
    assert shown(capfd, "--check", "a.ipynb") == ""


def test_names_that_only_an_earlier_failure_left_undefined_are_none(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_notebook(folder / "a.ipynb", ["count = [1].lenght", "print(count)"], is_run=True)
    (line,) = shown(capfd, "--check", "a.ipynb", code=1).splitlines()
    assert line.startswith("a.ipynb:cell 1:1:")
    assert "AttributeError" in line


@pytest.mark.parametrize(
    "place",
    [
        "Cell In[4], line 2, in shout(text)",
        "Cell In [4], line 2, in shout(text)",
        "Input In [4], in shout(text)",
        "<ipython-input-4-0123abcdef> in shout(text)",
        "/tmp/ipython-input-4-0123456.py in shout(text)",
    ],
)
def test_the_tracebacks_of_every_ipython_are_read(folder: Path, capfd: pytest.CaptureFixture[str], place: str) -> None:
    """The forms of IPython 8.7 and later, of 8.5, 8.0 and 7, and of Colab, which names files; none of these is
    installed here but the first."""
    write_notebook(folder / "a.ipynb", ["def shout(text):\n    return text.uper()", "shout('a')"])
    value: dict[str, Any] = json.loads((folder / "a.ipynb").read_bytes())
    said = "'str' object has no attribute 'uper'"
    rows = ["AttributeError  Traceback (most recent call last)"]
    rows += [f"{place}\n      1 def shout(text):\n----> 2     return text.uper()\n", f"AttributeError: {said}"]
    value["cells"][1]["execution_count"] = 4
    output = {"output_type": "error", "ename": "AttributeError", "evalue": said, "traceback": rows}
    value["cells"][2]["outputs"] = [output]
    (folder / "a.ipynb").write_text(json.dumps(value))
    assert "a.ipynb:cell 1 [4]:2:17: AttributeError" in shown(capfd, "--check", "a.ipynb", code=1)


def test_an_error_whose_line_changed_since_the_run_is_none(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_notebook(folder / "a.ipynb", ["text = 'a'", "text.uper()"], is_run=True)
    path = folder / "a.ipynb"
    run = path.read_text(encoding="utf-8")
    assert "AttributeError" in shown(capfd, "--check", "a.ipynb", code=1)
    path.write_text(run.replace('"text.uper()"', '"text.strip()"'), encoding="utf-8")
    assert shown(capfd, "--check", "a.ipynb") == ""


def test_an_error_that_is_shown_on_purpose_is_none(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_notebook(folder / "a.ipynb", ["def f(x):\n    return x.uper()", "f('a')"], is_run=True)
    path = folder / "a.ipynb"
    value: dict[str, Any] = json.loads(path.read_bytes())
    value["cells"][-1]["metadata"] = {"tags": ["raises-exception"]}
    path.write_text(json.dumps(value))
    assert shown(capfd, "--check", "a.ipynb") == ""


# -- size ------------------------------------------------------------------------------------------------------


def test_five_hundred_cells_are_quick(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    cells = [f"def f{n}(x):\n    value = x + {n}\n    return value\n\nprint(f{n}({n}))" for n in range(500)]
    write_notebook(folder / "warm.ipynb", [TYPO])
    shown(capfd, "--check", "warm.ipynb", code=1)
    write_notebook(folder / "a.ipynb", [*cells, TYPO])
    began = time.perf_counter()
    assert shown(capfd, "--check", "a.ipynb", code=1).startswith("a.ipynb:cell 501:2:7: NameError")
    assert time.perf_counter() - began < 20
