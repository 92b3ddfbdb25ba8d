"""What the fixers of undefined names propose, text in and texts out. `test_fixers` tests their examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from quickfix_ls.candidates.fixers import Fixer
from quickfix_ls.context.build import build_context
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.environment import PythonEnvironment
from quickfix_ls.languages.python.fixers.names.add_import import add_import
from quickfix_ls.languages.python.fixers.names.add_self import add_self
from quickfix_ls.languages.python.fixers.names.qualify_name import qualify_name
from quickfix_ls.languages.python.fixers.names.rename_to_local import rename_to_local
from quickfix_ls.languages.python.fixers.names.rename_to_nearest import rename_to_nearest
from quickfix_ls.languages.python.names.undefined import undefined_names
from quickfix_ls.languages.python.project.importable import Importables
from quickfix_ls.values import Problem, Span, apply_edits
from tests.kit_python import PYTHON, python_index


def proposed(fixer: Fixer, before: str, roots: tuple[str, ...] = ()) -> dict[str, str]:
    """The text after each candidate for the first undefined name, by the candidate's title."""
    index = PYTHON.index(Snapshot.of(before), PythonEnvironment(importables=Importables(roots)))
    problem = next(iter(undefined_names(index)))
    return at_problem(fixer, index, problem)


def at_problem(fixer: Fixer, index: Index, problem: Problem) -> dict[str, str]:
    region = index.region(index.unit_at(problem.span.start))
    context = build_context(index, region, problem)
    text = index.snapshot.text
    return {one.title: apply_edits(text, one.edits) for one in fixer.propose(context)}


def first(fixer: Fixer, before: str) -> tuple[str, str]:
    return next(iter(proposed(fixer, before).items()))


@pytest.mark.parametrize(
    ("before", "title", "after"),
    [
        (
            "def f(length):\n    return lenght\n",
            "`lenght` with `length`",
            "def f(length):\n    return length\n",
        ),
        (
            "def f(x):\n    return f'{prnt(x)}'\n",
            "`prnt` with `print`",
            "def f(x):\n    return f'{print(x)}'\n",
        ),
        ("MAX_SIZE = 1\nprint(max_size)\n", "`max_size` with `MAX_SIZE`", "MAX_SIZE = 1\nprint(MAX_SIZE)\n"),
        ("list_new = 1\nprint(new_list)\n", "`new_list` with `list_new`", "list_new = 1\nprint(list_new)\n"),
        ("def f(a):\n    return true\n", "`true` with `True`", "def f(a):\n    return True\n"),
        ("def f(a):\n    if a == Noen: pass\n", "`Noen` with `None`", "def f(a):\n    if a == None: pass\n"),
        ("while 1:\n    braek\n", "`braek` with `break`", "while 1:\n    break\n"),
        (
            "def f(itms):\n    return items[0] + items[1]\n",
            "`items` with `itms` (2 places)",
            "def f(itms):\n    return itms[0] + itms[1]\n",
        ),
    ],
)
def test_the_nearest_name_comes_first(before: str, title: str, after: str) -> None:
    assert first(rename_to_nearest, before) == (f"Replace {title}", after)


def test_all_places_of_a_name_change_together() -> None:
    found = proposed(rename_to_nearest, "def f(items):\n    return itmes + itmes\n")
    assert found["Replace `itmes` with `items` (2 places)"] == "def f(items):\n    return items + items\n"
    assert "Replace `itmes` with `items`" not in found


def test_the_title_says_that_other_functions_change_too() -> None:
    before = "import math as m\n\n\ndef f():\n    return math.pi\n\n\ndef g():\n    return math.e\n"
    found = proposed(rename_to_local, before)
    assert found["Replace `math` with `m` (2 places, 2 functions)"] == before.replace(" math.", " m.")


def test_places_that_cannot_read_the_new_name_are_left() -> None:
    found = proposed(rename_to_nearest, "def f(total):\n    return totl\n\n\ndef g():\n    return totl\n")
    after = "def f(total):\n    return total\n\n\ndef g():\n    return totl\n"
    assert found["Replace `totl` with `total`"] == after


def test_a_misspelt_binding_that_nothing_reads_is_renamed() -> None:
    found = proposed(rename_to_nearest, "def f(a):\n    lenght = a\n    lenght = 2\n    return length\n")
    after = "def f(a):\n    length = a\n    length = 2\n    return length\n"
    assert found["Replace `lenght` with `length` (2 places)"] == after


def test_a_parameter_that_nothing_reads_is_a_candidate() -> None:
    found = proposed(rename_to_local, "def f(date):\n    return birth > 3\n")
    assert found["Replace `birth` with `date`"] == "def f(date):\n    return date > 3\n"


@pytest.mark.parametrize(
    "before",
    [
        "def f(a):\n    return surely_nobody_calls_it_so + a\n",
        "print(contineu)\n",
        "class A:\n    lenght = 1\n    print(x)\n",
    ],
)
def test_unlike_names_keywords_and_members_are_no_candidates(before: str) -> None:
    assert proposed(rename_to_nearest, before) == {}


@pytest.mark.parametrize(
    ("before", "title", "after"),
    [
        ("x = np.ones(3)\n", "Import `numpy` as `np`", "import numpy as np\n\nx = np.ones(3)\n"),
        ("def f():\n    sys.exit()\n", "Import `sys`", "import sys\n\n\ndef f():\n    sys.exit()\n"),
        (
            "#!/usr/bin/env python\n\n# about x\nx = deque()\n",
            "Import `deque` from `collections`",
            "#!/usr/bin/env python\n\nfrom collections import deque\n\n# about x\nx = deque()\n",
        ),
        (
            'r"""Doc."""\nfrom __future__ import annotations\nx = Path()\n',
            "Import `Path` from `pathlib`",
            'r"""Doc."""\nfrom __future__ import annotations\nfrom pathlib import Path\nx = Path()\n',
        ),
        ("import os\r\nsys.exit()\r\n", "Import `sys`", "import os\r\nimport sys\r\nsys.exit()\r\n"),
        (
            "t = datetime.datetime.now()\n",
            "Import `datetime`",
            "import datetime\n\nt = datetime.datetime.now()\n",
        ),
        ("x = random()\n", "Import `random` from `random`", "from random import random\n\nx = random()\n"),
    ],
)
def test_the_import_comes_first(before: str, title: str, after: str) -> None:
    assert first(add_import, before) == (title, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from math import pi as p  # circles\n", "from math import pi as p, sqrt  # circles\n"),
        ("from math import tan\n", "from math import sqrt, tan\n"),
        ("from math import (\n    pi,\n    tan,\n)\n", "from math import (\n    pi,\n    sqrt,\n    tan,\n)\n"),
        ("from math import (\n    cos,\n    pi,\n)\n", "from math import (\n    cos,\n    pi,\n    sqrt,\n)\n"),
        (
            "from math import (cos,\n                  pi)\n",
            "from math import (cos,\n                  pi,\n                  sqrt)\n",
        ),
        ("from math import (\n    tan,\n    ulp,\n)\n", "from math import (\n    sqrt,\n    tan,\n    ulp,\n)\n"),
        ("from math import tan, pi\n", "from math import tan, pi, sqrt\n"),
        ("from math import pi, \\\n    tan\n", "from math import pi, \\\n    sqrt, \\\n    tan\n"),
    ],
)
def test_an_import_of_the_same_module_is_extended(before: str, after: str) -> None:
    use = "x = sqrt(2)\n"
    assert list(proposed(add_import, before + use).values()) == [after + use]


def test_names_of_the_workspace_are_imported(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text("class Basket: ...\n")
    found = proposed(add_import, "b = Basket()\n", (str(tmp_path),))
    assert found == {"Import `Basket` from `shop`": "from shop import Basket\n\nb = Basket()\n"}


@pytest.mark.parametrize(
    ("before", "title", "after"),
    [
        ("import math\nx = sqrt(2)\n", "`sqrt` with `math.sqrt`", "import math\nx = math.sqrt(2)\n"),
        ("import math as m\nx = sqrt(2)\n", "`sqrt` with `m.sqrt`", "import math as m\nx = m.sqrt(2)\n"),
        ("import os, sys\nexit(argv)\n", "`argv` with `sys.argv`", "import os, sys\nexit(sys.argv)\n"),
    ],
)
def test_a_name_is_qualified_by_its_imported_module(before: str, title: str, after: str) -> None:
    assert first(qualify_name, before) == (f"Replace {title}", after)


@pytest.mark.parametrize("before", ["x = sqrt(2)\n", "from math import pi\nx = sqrt(2)\n", "import os\nx = sqrt(2)\n"])
def test_nothing_is_qualified_by_modules_that_lack_it(before: str) -> None:
    assert proposed(qualify_name, before) == {}


METHOD = """\
class A:
    total = 0

    def f(self):
        return total + total
"""


def test_members_are_reached_through_self() -> None:
    found = proposed(add_self, METHOD)
    assert found == {
        "Replace `total` with `self.total` (2 places)": METHOD.replace("total + total", "self.total + self.total"),
    }


@pytest.mark.parametrize(
    "before",
    [
        "class A:\n    def f(self):\n        return other\n",
        "class A:\n    def f(x):\n        return g\n\n    def g(self): pass\n",
        "def f(self):\n    return total\n\nclass A:\n    total = 1\n",
    ],
)
def test_no_self_where_there_is_none_or_no_such_member(before: str) -> None:
    assert proposed(add_self, before) == {}


def test_a_method_without_self_gets_it() -> None:
    found = proposed(add_self, "class A:\n    def f():\n        return self.x\n")
    assert found == {"Add the parameter `self`": "class A:\n    def f(self):\n        return self.x\n"}


@pytest.mark.parametrize(
    "fixer", [add_import, add_self, qualify_name, rename_to_local, rename_to_nearest], ids=lambda one: one.name
)
@pytest.mark.parametrize(
    "text", ["", "x", "def f(:\n  self", "class A:\n  def", "f'{x", "import a\r\n\x00 np", "'''\nnp"]
)
@pytest.mark.parametrize("name", ["", "np", "self", "x", "ünd"])
def test_fixers_are_total(fixer: Fixer, text: str, name: str) -> None:
    index = python_index(Snapshot.of(text))
    for start in range(len(text) + 1):
        problem = Problem("name", "", "NameError", Span(start, min(start + len(name), len(text))), name)
        assert all(after != text for after in at_problem(fixer, index, problem).values())
