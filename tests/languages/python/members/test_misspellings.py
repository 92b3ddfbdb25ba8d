"""Misspelt members, arguments and modules: what is reported, and what is left alone."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.compile_check import HERE
from quickfix_ls.languages.python.members.misspellings import misspelling_of, misspelling_problems
from quickfix_ls.values import Edit, Problem, Span
from tests.kit_python import python_index


def problems(text: str) -> list[Problem]:
    return list(misspelling_problems(python_index(Snapshot.of(text))))


def reported(text: str) -> list[tuple[str, str]]:
    """(error type, word at the reported place) of everything that is reported."""
    return [(one.code, text[one.span.start : one.span.end]) for one in problems(text)]


CLASS = "class A:\n    def f(self):\n        self.count = 1\n        return self.cuont\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import math\nmath.squrt(2)\n", "module 'math' has no attribute 'squrt'"),
        ("import os\nos.path.jion('a')\n", "module 'os.path' has no attribute 'jion'"),
        ("import os.path as p\np.jion('a')\n", "module 'os.path' has no attribute 'jion'"),
        ("from datetime import datetime\ndatetime.nwo()\n", "module 'datetime.datetime' has no attribute 'nwo'"),
        ("def f():\n    import math\n    return math.squrt(2)\n", "module 'math' has no attribute 'squrt'"),
        ("import textwrap\ntextwrap.dedetn('')\n", "module 'textwrap' has no attribute 'dedetn'"),
        ("from collections import OrderdDict\n", "cannot import name 'OrderdDict' from 'collections'"),
        ("import jsn\njsn.dumps(1)\n", "No module named 'jsn'"),
        ("from colections import OrderedDict, deque\n", "No module named 'colections'"),
        ("import nmupy as np\nnp.zeros(3)\n", "No module named 'nmupy'"),
        ("'a'.uper()\n", "'str' object has no attribute 'uper'"),
        ("f'{x}'.uper()\nx = 1\n", "'str' object has no attribute 'uper'"),
        ("items = []\nitems.apend(1)\n", "'list' object has no attribute 'apend'"),
        ("def f():\n    seen = set()\n    seen.updat(x)\n", "'set' object has no attribute 'updat'"),
        ("items = []\n\n\ndef f():\n    items.push(1)\n", "'list' object has no attribute 'push'"),
        ("d = {}\nd.iteritems()\n", "'dict' object has no attribute 'iteritems'"),
        ("sorted([1], revers=True)\n", "sorted() got an unexpected keyword argument 'revers'"),
        ("x = []\nx.sort(revrse=True)\n", "list.sort() got an unexpected keyword argument 'revrse'"),
        ("def f(width, height=1):\n    pass\n\n\nf(1, heigth=2)\n", "f() got an unexpected keyword argument 'heigth'"),
        (
            "class A:\n    def __init__(self, width):\n        pass\n\n\nA(widht=1)\n",
            "A.__init__() got an unexpected keyword argument 'widht'",
        ),
        (
            "class A:\n    def f(self, width):\n        self.f(widht=1)\n",
            "A.f() got an unexpected keyword argument 'widht'",
        ),
        (CLASS, "'A' object has no attribute 'cuont'"),
        (f"class B:\n    cuontry = 1\n\n\n{CLASS}", "'A' object has no attribute 'cuont'"),
        (CLASS.replace("class A", "class A(ValueError)"), "'A' object has no attribute 'cuont'"),
        (CLASS.replace("class A", "class A(Base)"), "'A' object has no attribute 'cuont'"),
        (f"class B:\n    pass\n\n\n{CLASS.replace('class A', 'class A(B)')}", "'A' object has no attribute 'cuont'"),
        (
            "class A:\n    def deposit(self):\n        pass\n\n\na = A()\na.depsit()\n",
            "'A' object has no attribute 'depsit'",
        ),
        (
            "def help_with(x):\n    pass\n\n\nclass A:\n    def f(self):\n        return self.help_with(1)\n",
            "'A' object has no attribute 'help_with'",
        ),
        ("print(greet())\n\n\ndef greet():\n    pass\n", "name 'greet' is not defined yet"),
        ("class A(B):\n    pass\n\n\nclass B:\n    pass\n", "name 'B' is not defined yet"),
        ("@wrap\ndef f():\n    pass\n\n\ndef wrap(f):\n    return f\n", "name 'wrap' is not defined yet"),
        ("class A:\n    def __inti__(self, x):\n        pass\n", "'__inti__' is no special method that fits"),
        ("class A:\n    def _init_(self, x):\n        pass\n", "'_init_' is no special method that fits"),
        ("class A:\n    def __init(self, x):\n        pass\n", "'__init' is no special method that fits"),
        ("class A:\n    def __int__(self, x):\n        pass\n", "'__int__' is no special method that fits"),
        ("if __name__ == 'main':\n    pass\n", "'main' is never the value of `__name__`"),
        ("if '__mian__' == __name__:\n    pass\n", "'__mian__' is never the value of `__name__`"),
        ("import sys\nprint >>sys.stderr, 'a'\n", "unsupported operand type(s) for >>"),
        (
            "class A:\n    def f():\n        pass\n\n    def g(self):\n        self.f()\n",
            "f() takes 0 positional arguments but 1 was given",
        ),
    ],
)
def test_what_is_misspelt_is_reported(text: str, message: str) -> None:
    (problem,) = problems(text)
    assert problem.message.startswith(message)
    assert text[problem.span.start : problem.span.end] == problem.name
    assert problem.kind == "name"


@pytest.mark.parametrize(
    "text",
    [
        "import math\nmath.sqrt(2)\n",
        "import math\nmath.something_else(2)\n",
        "import numpy\nnumpy.arrray(2)\n",
        "import math\nmath = object()\nmath.squrt(2)\n",
        "def f(math):\n    return math.squrt(2)\n\n\nimport math\n",
        "import math\nmath.squrt = math.sqrt\nmath.squrt(2)\n",
        "import math\nif hasattr(math, 'squrt'):\n    math.squrt(2)\n",
        "import math\ntry:\n    math.squrt(2)\nexcept AttributeError:\n    pass\n",
        "import math\nimport sys\nif sys.version_info > (4,):\n    math.squrt(2)\n",
        "import math\nmath.squrt(2)  # noqa\n",
        "import pytest, math\nwith pytest.raises(AttributeError):\n    math.squrt(2)\n",
        "from math import *\nimport os\nos.path.jion()\n",
        "import logging\nlogging.handlers.X\n",
        "import socket\nsocket.IPPROTO_RDP\n",
        "try:\n    import urllib2\nexcept ImportError:\n    urllib2 = None\n",
        "import jsn\n",
        "import jsn\njsn.something_of_its_own(1)\n",
        "import ujson\nujson.dumps(1)\n",
        "import jsonc\njsonc.dumps(1)\n",
        "from .ConfigParser import ConfigParser\n",
        "import sys\nif sys.version_info < (3,):\n    from urllib2 import urlopen\n",
        "def other():\n    pass\n\n\nitems = []\nitems = other()\nitems.apend(1)\n",
        "def f():\n    return g()\n\n\ndef g():\n    pass\n\n\nf()\n",
        "x = lambda: g()\n\n\ndef g():\n    pass\n",
        "def f(x=[y for y in ()]):\n    pass\n\n\ny = 1\n",
        "def f(x: 'A') -> A:\n    pass\n\n\nclass A:\n    pass\n",
        "def f():\n    global x\n    x = 1\n\n\nf()\nprint(x)\n\n\nx = 2\n",
        "def f(items):\n    items = items or []\n    items.apend(1)\n",
        "def f():\n    items = []\n\n\ndef g(x):\n    items.apend(x)\n",
        "list = print\nx = list()\nx.apend(1)\n",
        "def f(width, **more):\n    pass\n\n\nf(widht=1)\n",
        "@wrap\ndef f(width):\n    pass\n\n\nf(widht=1)\n",
        "def f(width):\n    pass\n\n\nf(1, quality=2)\n",
        "def f(width):\n    pass\n\n\nf(width=1, widths=2)\n",
        "sorted = print\nsorted([1], revers=True)\n",
        CLASS.replace("class A", "class A(Base)").replace("cuont", "counts"),
        CLASS.replace("class A", "class A(metaclass=M)").replace("cuont", "counts"),
        CLASS.replace("class A", "@register\nclass A").replace("cuont", "counts"),
        f"{CLASS}\n    def __getattr__(self, name):\n        return 1\n",
        f"{CLASS}\n    def g(self, name):\n        setattr(self, name, 1)\n",
        f"{CLASS}\n    def g(self, more):\n        self.__dict__.update(more)\n",
        f"{CLASS}\n\nx.cuont = 1\n",
        f"{CLASS}\n    def g(self, a b):\n        pass\n",
        CLASS.replace("def f(self)", "def f(self, self_)").replace("self.cuont", "self_.cuont"),
        "class A:\n    @staticmethod\n    def f(self):\n        self.count = 1\n        return self.cuont\n",
        "class A:\n    class B:\n        def f(self):\n            return self.cuont\n\n    count = 1\n",
        "class A:\n    def __rich_repr__(self):\n        pass\n",
        "class A:\n    def f(self):\n        return self.id()\n\n\nclass C(B, A):\n    pass\n",
        "import util\n\n\nclass A:\n    def f(self):\n        return self.util.x()\n\n\nC, D = made_of(A, util=util)\n",
        "import util\n\n\nclass A:\n    def f(self):\n        self.util.x()\n        self.util.y()\n",
        "class A:\n    def __int__(self):\n        pass\n",
        "class A:\n    def __init(self):\n        pass\n\n    def f(self):\n        self.__init()\n",
        "class A:\n    def f():\n        pass\n\n    x = f()\n",
        "if __name__ == 'worker':\n    pass\n",
        "print >>1\n\n\ndef print(x):\n    pass\n",
        "", "\0", "def f(:\n", "self.x", "x = " + "(" * 3000,
    ],
)  # fmt: skip
def test_what_may_be_right_is_left_alone(text: str) -> None:
    assert reported(text) == []


def test_a_newer_target_may_have_members_that_we_do_not_know() -> None:
    newer = python_index(Snapshot.of("import math\nmath.squrt(2)\n"), (HERE[0], HERE[1] + 1))
    assert list(misspelling_problems(newer)) == []


def test_the_members_of_the_owner_come_with_it() -> None:
    index = python_index(Snapshot.of(CLASS))
    (problem,) = misspelling_problems(index)
    misspelling = misspelling_of(index, problem)
    assert misspelling is not None
    assert {"count", "f", "__init__"} <= misspelling.members


def test_an_edit_elsewhere_in_the_file_decides_too() -> None:
    text = f"{CLASS}\n\nx = 1\n"
    index = python_index(Snapshot.of(text))
    assert [problem.name for problem in misspelling_problems(index)] == ["cuont"]
    end = len(text)
    made = index.edited(Edit(Span(end, end), "x.cuont = 2\n"), 2)
    assert list(misspelling_problems(made)) == []
    gone = made.edited(Edit(Span(end, end + len("x.cuont = 2\n")), ""), 3)
    assert [problem.name for problem in misspelling_problems(gone)] == ["cuont"]
