"""Whether a name can be used as the code uses an undefined one."""

from __future__ import annotations

import pytest

from quickfix_ls.context.build import build_context
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.fixers.name_fits import fit_of
from quickfix_ls.languages.python.names.undefined import undefined_names
from tests.kit_python import python_index


@pytest.mark.parametrize(
    ("text", "name", "fit"),
    [
        ("def f(invoice):\n    return Invoice(invoice)\n", "invoice", -1),
        ("def f(func):\n    func()\n    return Func()\n", "func", 0),
        ("import time\n\n\ndef f():\n    return tim()\n", "time", -1),
        ("import time\n\n\ndef f():\n    return tim.sleep(1)\n", "time", 1),
        ("import time\n\n\ndef f():\n    return tim.path\n", "time", -1),
        ("def f():\n    names = []\n    return nams.append(1)\n", "names", 1),
        ("def f():\n    names = []\n    return nams.keys()\n", "names", -1),
        ("def f():\n    names = []\n    return nams()\n", "names", -1),
        ("def f(**kwargs):\n    return kwds.get('a')\n", "kwargs", 1),
        ("raise ValueEror('a')\n", "ValueError", 1),
        ("raise ValueEror('a')\n", "int", -1),
        ("try:\n    pass\nexcept Eror as e:\n    pass\n", "e", -1),
        ("class A(Bse): pass\n", "abs", -1),
        ("def f(a: Lst): pass\n", "list", 1),
        ("def load(): pass\n\n\nx = laod[0]\n", "load", -1),
        ("def load(): pass\n\n\nx = laod()\n", "load", 1),
        ("for item in itemz:\n    pass\n", "item", -1),
        ("def f():\n    count = 3\n    for x in counts:\n        pass\n", "count", -1),
    ],
)
def test_fit(text: str, name: str, fit: int) -> None:
    index = python_index(Snapshot.of(text))
    problem = next(iter(undefined_names(index)))
    context = build_context(index, index.region(index.unit_at(problem.span.start)), problem)
    assert fit_of(context, name) == fit
