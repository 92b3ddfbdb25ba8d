"""Whether a fix of an undefined name does what the person did."""

from __future__ import annotations

import pytest

from quickfix_ls.training.name_fixes import NameFix, edits_between, is_right

BROKEN = """\
from shop import Item
import os


def total(items):
    return sum(itms)


def mean(items):
    return sum(itms) / len(items)
"""


def is_like(fixed: str, text: str, name: str = "itms", broken: str = BROKEN) -> bool:
    return NameFix(broken, fixed, name).is_like(edits_between(broken, text))


ALL = BROKEN.replace("itms", "items")


def test_all_uses_that_the_person_changed_must_change() -> None:
    assert is_like(ALL, ALL)
    assert not is_like(ALL, BROKEN.replace("itms", "items", 1))
    assert not is_like(ALL, BROKEN.replace("itms", "Item"))


def test_what_else_the_person_changed_does_not_count() -> None:
    assert is_like(ALL.replace("import os", "import sys"), ALL)
    assert is_like(ALL.replace("sum(items) / len(items)", "sum(items) / max(1, len(items))"), ALL)


def test_what_the_person_did_not_change_must_stay() -> None:
    assert not is_like(ALL, ALL.replace("import os", "import sys"))


@pytest.mark.parametrize(
    ("written", "proposed", "right"),
    [
        ("from shop import Basket, Item\n", "from shop import Item, Basket\n", True),
        ("from shop import Item\nfrom shop import Basket, Order\n", "from shop import Item, Basket\n", True),
        ("from shop import (\n    Basket,\n    Item,\n)\n", "from shop import Basket, Item\n", True),
        ("from shop import Item\nfrom store import Basket\n", "from shop import Item, Basket\n", False),
        ("from shop import Item\nfrom store import Thing as Basket\n", "from shop import Basket, Item\n", False),
    ],
)
def test_an_import_is_right_that_takes_the_name_from_the_same_place(written: str, proposed: str, right: bool) -> None:
    broken = "from shop import Item\n\nx = Basket(Item())\n"
    fixed, text = (broken.replace("from shop import Item\n", new) for new in (written, proposed))
    assert is_like(fixed, text, "Basket", broken) is right


@pytest.mark.parametrize(
    ("written", "proposed", "right"),
    [
        ("import numpy as np\n", "import numpy as np\n", True),
        ("import os\nimport numpy as np, sys\n", "import numpy as np\n", True),
        ("def f():\n    import numpy as np\n    return np\n", "import numpy as np\n", True),
        ("import nympy as np\n", "import numpy as np\n", False),
    ],
)
def test_a_module_may_be_imported_anywhere(written: str, proposed: str, right: bool) -> None:
    broken = "x = np.zeros(3)\n"
    assert is_like(written + broken, proposed + broken, "np", broken) is right


def test_a_text_is_judged_by_the_name_in_the_error() -> None:
    fixed = ALL.replace("import os", "import sys")
    assert is_right("name", "name 'itms' is not defined", BROKEN, ALL, fixed)
    assert not is_right("syntax", "invalid syntax", BROKEN, ALL, fixed)
