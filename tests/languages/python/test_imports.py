"""Where a file's imports end, and what they bind."""

from __future__ import annotations

import pytest

from quickfix_ls.languages.python.imports import import_block


def with_import(text: str) -> str:
    block = import_block(text)
    return text[: block.place] + block.before + "import new" + block.after + text[block.place :]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "import new\n"),
        ("x = 1\n", "import new\n\nx = 1\n"),
        ("@d\ndef f(): pass\n", "import new\n\n\n@d\ndef f(): pass\n"),
        ('"""Doc."""\nx = 1\n', '"""Doc."""\n\nimport new\n\nx = 1\n'),
        ("'''Doc\n\n'''\n\nx = 1\n", "'''Doc\n\n'''\n\nimport new\n\nx = 1\n"),
        ("# licence\n\n# about x\nx = 1\n", "# licence\n\nimport new\n\n# about x\nx = 1\n"),
        ("#!/bin/python\n# coding: utf-8\nx = 1\n", "#!/bin/python\n# coding: utf-8\nimport new\n\nx = 1\n"),
        ("import a\n\n# about x\nx = 1\nimport b\n", "import a\nimport new\n\n# about x\nx = 1\nimport b\n"),
        ("# why\nfrom b import (c,  # )\n  d)\nx\n", "# why\nfrom b import (c,  # )\n  d)\nimport new\nx\n"),
        ("from b import c, \\\n  d\nx = 1\n", "from b import c, \\\n  d\nimport new\nx = 1\n"),
        ("import a; x = 1\n", "import new\n\nimport a; x = 1\n"),
        ("import a", "import a\nimport new"),
        ('"""Doc."""', '"""Doc."""\nimport new\n'),
        ("import a\r\nx = 1\r\n", "import a\r\nimport new\r\nx = 1\r\n"),
        ("try:\n    import a\nexcept E: pass\n", "import new\n\ntry:\n    import a\nexcept E: pass\n"),
    ],
)  # fmt: skip
def test_where_a_new_import_goes(before: str, after: str) -> None:
    assert with_import(before) == after


def test_what_the_imports_bind() -> None:
    block = import_block("import a, b.c, d.e as f\nfrom g.h import (i as j,\n  k)\nfrom . import l\n")
    assert block.modules == {"a": "a", "f": "d.e"}
    assert [(one.module, one.names) for one in block.imports][1:] == [
        ("g.h", (("i", "j"), ("k", "k"))),
        (".", (("l", "l"),)),
    ]


@pytest.mark.parametrize(
    "text", ["import", "from", "from import", "from . import", "import (", "'''", "#", "import a as"]
)
def test_odd_texts_raise_nothing(text: str) -> None:
    assert import_block(text).place <= len(text)
