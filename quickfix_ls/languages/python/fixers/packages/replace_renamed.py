"""Replace a name that a package renamed or removed with its successor: `np.float` becomes `float`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.module_renames import module_renames
from quickfix_ls.languages.python.fixers.name_context import imported_of
from quickfix_ls.languages.python.fixers.renaming import renames_for
from quickfix_ls.languages.python.imports import Import, import_at
from quickfix_ls.languages.python.project.successors import destination, successor_of
from quickfix_ls.values import Candidate, Safety


@fixer(
    handles="name",
    errors=("AttributeError", "ImportError", "ModuleNotFoundError", "TypeError"),
    examples=[
        Example(
            "import numpy as np\n\nx = np.zeros(3, dtype=np.$0float)\n",
            "import numpy as np\n\nx = np.zeros(3, dtype=float)\n",
            ("pyright", "reportAttributeAccessIssue", '"float" is not a known attribute of module "numpy"'),
        ),
        Example(
            "from sklearn.$0cross_validation import train_test_split\n",
            "from sklearn.model_selection import train_test_split\n",
            ("pyright", "reportMissingImports", 'Import "sklearn.cross_validation" could not be resolved'),
        ),
        Example(
            "from django.utils.encoding import $0force_text\n\nname = force_text(b'a')\n",
            "from django.utils.encoding import force_str\n\nname = force_str(b'a')\n",
            ("pyright", "reportAttributeAccessIssue", '"force_text" is unknown import symbol'),
        ),
        Example(
            "from werkzeug import cached_property, $0secure_filename\n",
            "from werkzeug import cached_property\nfrom werkzeug.utils import secure_filename\n",
            ("mypy", "attr-defined", 'Module "werkzeug" has no attribute "secure_filename"'),
        ),
        Example(
            "from sklearn.externals import $0joblib\n",
            "import joblib\n",
            ("pyright", "reportAttributeAccessIssue", '"joblib" is unknown import symbol'),
        ),
        Example(
            "import scipy.misc\n\nx = scipy.misc.$0comb(4, 2)\n",
            "import scipy.special\n\nx = scipy.special.comb(4, 2)\n",
            ("pyright", "reportAttributeAccessIssue", '"comb" is not a known attribute of module "scipy.misc"'),
        ),
        Example("import sys\nprint(sys.maxint)\n", "import sys\nprint(sys.maxsize)\n"),
        Example("import itertools\nx = itertools.izip(a, b)\n", "import itertools\nx = zip(a, b)\n"),
        Example(
            "import urllib\nprint(urllib.quote('a b'))\n", "import urllib.parse\nprint(urllib.parse.quote('a b'))\n"
        ),
        Example(
            "from itertools import count, izip\nx = izip(count(), b)\n",
            "from itertools import count\nx = zip(count(), b)\n",
        ),
        Example(
            "import string\nx = string.join(words, ', ')\ny = string.join(words)\n",
            "import string\nx = ', '.join(words)\ny = ' '.join(words)\n",
        ),
        Example("from Queue import Queue\n", "from queue import Queue\n"),
        Example(
            "import urllib2\n\ntry:\n    urllib2.urlopen(x)\nexcept urllib2.URLError:\n    pass\n",
            "import urllib.error\nimport urllib.request\n\n"
            "try:\n    urllib.request.urlopen(x)\nexcept urllib.error.URLError:\n    pass\n",
        ),
        Example("import urllib2\n\nurllib2.urlopen(x)\n", "import urllib.request as urllib2\n\nurllib2.urlopen(x)\n"),
        Example("import os\n\nos.mkdirs('a/b')\n", "import os\n\nos.makedirs('a/b')\n"),
        Example(
            "import pandas as pd\n\n\ndef add(a: pd.DataFrame, b: pd.DataFrame):\n"
            "    return a.$0append(b, ignore_index=True)\n",
            "import pandas as pd\n\n\ndef add(a: pd.DataFrame, b: pd.DataFrame):\n"
            "    return pd.concat([a, b], ignore_index=True)\n",
            ("pyright", "reportAttributeAccessIssue", 'Cannot access attribute "append" for class "DataFrame"'),
        ),
        Example(
            "def names(df):\n    for name, column in df.$0iteritems():\n        yield name\n",
            "def names(df):\n    for name, column in df.items():\n        yield name\n",
            ("mypy", "attr-defined", '"DataFrame" has no attribute "iteritems"'),
        ),
        Example(
            "from pydantic import Field\n\ncode: str = Field($0regex='a+')\n",
            "from pydantic import Field\n\ncode: str = Field(pattern='a+')\n",
            ("", "", "TypeError: Field() got an unexpected keyword argument 'regex'"),
        ),
    ],
    leaves=["import math\n\nmath.squrt(2)\n", "import jsn\n\njsn.dumps(1)\n"],
)
def replace_renamed(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Replace `np.float` with `float`", with the package and the version of the change."""
    problem, text = context.problem, context.snapshot.text
    message = f"{problem.message}\n{problem.reported}"
    imported = imported_of(context)
    name = problem.name.rpartition(".")[2]
    found = successor_of(text, imported, problem.span, name, message)
    if found is None:
        return
    # The wording of a report alone tells the class that has a method, so a person should review the fix.
    look: Safety = "needs-a-look" if found.look or found.kind in ("arguments", "methods") else "safe"
    statement = import_at(text, problem.span.start)
    if found.kind == "modules" and statement is not None and not _is_imported_by_name(statement, found.old):
        changes = module_renames(context, statement, found.old, destination)
    else:
        changes = renames_for(context, found)
    for change in changes:
        yield Candidate(change.edits, f"{change.title} ({found.since})" if found.since else change.title, safety=look)


def _is_imported_by_name(statement: Import, module: str) -> bool:
    """Return whether a statement imports a module as a member of its package: `from package import module`."""
    return bool(statement.module) and not f"{statement.module}.".startswith(f"{module}.")
