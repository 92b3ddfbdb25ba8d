"""Read a member from the module that has it: `os.rmtree` becomes `shutil.rmtree`, `math.abs` becomes `abs`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_context import imported_of
from quickfix_ls.languages.python.fixers.renaming import renames_for
from quickfix_ls.languages.python.members.owner_confusions import home_of, module_for
from quickfix_ls.languages.python.project.packages import Renamed, renamed
from quickfix_ls.languages.python.project.successors import owner_of
from quickfix_ls.values import Candidate


@fixer(
    handles="name",
    errors=("AttributeError", "ImportError"),
    examples=[
        Example("import os\n\nos.rmtree('a')\n", "import shutil\n\nshutil.rmtree('a')\n"),
        Example(
            "import os\n\nif os.exists('a'):\n    os.remove('a')\n",
            "import os\n\nif os.path.exists('a'):\n    os.remove('a')\n",
        ),
        Example("import math\n\nx = math.abs(-1)\n", "import math\n\nx = abs(-1)\n"),
        Example(
            "from itertools import chain, reduce\n\nx = reduce(f, chain(a, b))\n",
            "from itertools import chain\nfrom functools import reduce\n\nx = reduce(f, chain(a, b))\n",
        ),
    ],
    leaves=["import math\n\nx = math.squrt(2)\n"],
)
def borrow_member(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Replace `os.rmtree` with `shutil.rmtree`"."""
    problem = context.problem
    module = owner_of(context.snapshot.text, imported_of(context), problem.span)
    if not module or renamed("members", f"{module}.{problem.name}") or module_for(module, problem.name):
        return
    home = home_of(module, problem.name, is_reported=problem.origin.startswith("client"))
    if home:
        moved = Renamed("members", f"{module}.{problem.name}", (home,), "", "", "")
        for change in renames_for(context, moved):
            yield Candidate(change.edits, change.title, safety="needs-a-look")
