"""Tables of IPython's magic commands: those whose text is Python code, and the names that they bind.

An unknown magic is assumed to bind every name that it might: a missed undefined name costs less than a false report.
"""

from __future__ import annotations

import re
from typing import Literal

Bound = frozenset[str] | Literal["anything"]
"""The names that a magic binds in the notebook; `anything` if it may bind any name."""

CODE_LINES = frozenset({"time", "timeit", "prun", "memit"})
"""Line magics that run the rest of their line as code of the notebook."""

CODE_CELLS = frozenset(
    {"black", "cache", "capture", "debug", "flake8", "heat", "ipytest", "itest", "local", "lprun", "manim", "memit",
     "mprun", "notify", "prun", "pycodestyle", "pyinstrument", "run_pytest", "scalene", "skip", "snakeviz", "time",
     "timeit", "wandb"}
)  # fmt: skip
"""Cell magics that run the cell's other lines as code of the notebook."""

FOREIGN_CELLS = frozenset(
    {"!", "HTML", "R", "SVG", "bash", "bigquery", "cmd", "css", "dot", "file", "fs", "graphviz", "html", "javascript",
     "js", "latex", "markdown", "md", "md-sandbox", "mermaid", "octave", "perl", "powershell", "pypy", "python",
     "python2", "python3", "r", "ruby", "scala", "script", "sh", "sparksql", "sql", "svg", "sx", "system", "writefile"}
)  # fmt: skip
"""Cell magics whose cell is in another language, or runs in another process."""

FOREIGN_HEADS = frozenset({"fs", "html", "markdown", "md", "md-sandbox", "r", "scala", "sh", "sql"})
"""Line magics that, alone on the first line of a cell, mark the whole cell as another language."""

_BIND_NOTHING = frozenset(
    {"alias", "autoreload", "autosave", "bash", "bookmark", "cat", "cd", "colors", "conda", "config", "cp", "debug",
     "dhist", "dirs", "doctest_mode", "dotenv", "env", "flake8_on", "fs", "gui", "hist", "history", "html", "less",
     "load", "load_ext", "loadpy", "logoff", "logon", "logstart", "logstate", "logstop", "ls", "lsmagic", "magic",
     "mamba", "man", "markdown", "matplotlib", "md", "mkdir", "more", "mv", "notebook", "page", "pastebin", "pdb",
     "pdef", "pdoc", "pfile", "pinfo", "pinfo2", "pip", "popd", "pprint", "precision", "psearch", "psource", "pushd",
     "pwd", "pycat", "python", "qtconsole", "quickref", "rehashx", "reload_ext", "rm", "rmdir", "save", "set_env", "sh",
     "sql", "system", "sx", "tb", "tensorboard", "time", "timeit", "unalias", "unload_ext", "uv", "watermark", "who",
     "who_ls", "whos", "writefile", "xdel", "xmode"}
)  # fmt: skip
_BIND_ANYTHING = frozenset({"cython", "ed", "edit", "pylab", "reload_kedro", "run", "runfile"})
_EXTENSIONS = frozenset(
    {"Cython", "autoreload", "autotime", "bigquery_magics", "black", "blackcellmagic", "cython", "dotenv",
     "google.cloud.bigquery", "ipython_sql", "jupyter_black", "jupyterlab_black", "lab_black", "line_profiler",
     "memory_profiler", "nb_black", "nb_mypy", "pycodestyle_magic", "rpy2.ipython", "scalene", "snakeviz", "sql",
     "tensorboard", "tensorboard.notebook", "watermark"}
)  # fmt: skip
"""Extensions that define magics and bind no names."""

_SEPARATED = re.compile(r"[\s,=]+")
_RESULT = re.compile(r"([^\W\d]\w*)[ \t]*<<")


def bound_by_line(name: str, arguments: str) -> Bound:
    """Return the names that the line magic `%name arguments` binds."""
    if name in _BIND_ANYTHING:
        return "anything"
    if name in ("load_ext", "reload_ext"):
        return frozenset() if set(arguments.split()) <= _EXTENSIONS else "anything"
    if name == "store":
        return _names(arguments) or "anything" if re.match(r"\s*-r\b", arguments) else frozenset()
    if name == "sql":
        return frozenset(_RESULT.findall(arguments))
    return frozenset() if name in _BIND_NOTHING else _names(arguments)


def bound_by_cell(name: str, arguments: str) -> Bound:
    """Return the names that the cell magic `%%name arguments` binds, without those that a Python body binds."""
    if name not in CODE_CELLS and name not in FOREIGN_CELLS:
        return "anything"
    return frozenset() if name in ("time", "timeit", "writefile", "file") else _names(arguments)


def _names(arguments: str) -> frozenset[str]:
    """Return the words of a magic's arguments that are identifiers: they may name variables that the magic assigns."""
    return frozenset(word for word in _SEPARATED.split(arguments) if word.isidentifier())
