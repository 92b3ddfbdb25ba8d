"""Replace a name that a package renamed or removed with its successor: `np.float` becomes `float`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers import renaming
from quickfix_ls.languages.python.fixers.name_context import imported_of
from quickfix_ls.languages.python.project.renamed_apis import successor_of
from quickfix_ls.values import Candidate


@fixer(
    handles="name",
    errors=("AttributeError", "ImportError", "ModuleNotFoundError"),
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
            "import scipy.misc\nimport scipy.special\n\nx = scipy.special.comb(4, 2)\n",
            ("pyright", "reportAttributeAccessIssue", '"comb" is not a known attribute of module "scipy.misc"'),
        ),
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
    ],
)
def replace_renamed(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Replace `np.float` with `float`", with the package and the version of the change."""
    problem = context.problem
    message = f"{problem.message}\n{problem.reported}"
    name = problem.name.rpartition(".")[2]
    found = successor_of(context.snapshot.text, imported_of(context), problem.span, name, message)
    if found is None:
        return
    title = f"Replace `{found.old}` with `{found.new}` ({found.package} {found.version})"
    edits = renaming.edits_for(context, found)
    if edits:
        # Only the wording of the report names the class that has the method, so a person should review the fix.
        yield Candidate(tuple(sorted(edits)), title, safety="needs-a-look" if found.kind == "methods" else "safe")
