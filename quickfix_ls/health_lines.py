"""The lines of `quickfix-ls doctor`: what each is about, what needs it, and what to do where it does not work.

The doctor takes its cures from here, and the page on troubleshooting is made of the same table.
"""

from __future__ import annotations

from typing import NamedTuple


class HealthLine(NamedTuple):
    """A line of the doctor. In its texts, `{name}` is the name of a selector or a checker; `cure` is empty where there
    is nothing to do. Without what is `required`, the doctor ends with exit code 1."""

    what: str
    purpose: str
    cure: str
    required: bool = False


REINSTALL = "pip install quickfix-ls"

LINES = {
    line.what: line
    for line in (
        HealthLine(
            "Python",
            "runs quickfix-ls, and its compiler judges every fix",
            "install CPython 3.10 or newer, and quickfix-ls with it",
            required=True,
        ),
        HealthLine("target versions", "the newest Python whose code can be judged: that of the running one", ""),
        HealthLine("pygls", "the server", REINSTALL, required=True),
        HealthLine("rapidfuzz", "near names", REINSTALL, required=True),
        HealthLine("rich", "the preview", REINSTALL, required=True),
        HealthLine("sqlglot", "queries in SQL", REINSTALL, required=True),
        HealthLine("SQLAlchemy", "schemas read from databases, `databases`", "pip install 'quickfix-ls[sql]'"),
        HealthLine("scikit-learn", "`quickfix-ls train`", "pip install 'quickfix-ls[train]'"),
        HealthLine("types by ty", "types of members and arguments", "pip install 'quickfix-ls[types]'"),
        HealthLine("types by jedi", "the same where ty is not installed, slower", "pip install 'quickfix-ls[types]'"),
        HealthLine("language model", "how natural a fix is", "reinstall quickfix-ls", required=True),
        HealthLine("LightGBM's library", "the ranking", "reinstall quickfix-ls", required=True),
        HealthLine("selector {name}", "a way to rank, the setting `selector`", "reinstall quickfix-ls", required=True),
        HealthLine("checker {name}", "`checkers` with `{name}`", "pip install {name}"),
        HealthLine("editors", "which editors are on PATH; others work as well", ""),
        HealthLine(
            "command",
            "editors that start `quickfix-ls` by its name",
            "let the editor start `{python} -m quickfix_ls serve`, or put the command on PATH",
        ),
    )
}


def optional_cure(what: str, **names: str) -> str:
    """Return the cure of an optional line, with what it is good for; `names` fill in its placeholders."""
    line = LINES[what]
    return f"only for {line.purpose}: {line.cure}".format(**names)
