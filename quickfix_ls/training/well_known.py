"""Make the shipped table of well-known names: what the most used packages export, for files whose packages are not
installed where the server runs.

    pip install --no-deps --target FOLDER PACKAGE...
    python -m quickfix_ls.training.well_known FOLDER...

The names are read from the packages' sources as plain text, and nothing is imported. For each public name of a package
two modules are kept: the outermost public one that exports it, and the innermost, which often defines it. Modules count
down to two levels below the package, for a few packages to fewer or more.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from quickfix_ls.languages.python.project.package_names import names_of_package
from quickfix_ls.languages.python.project.well_known import DATA

_PACKAGES = (
    "Bio", "IPython", "aiohttp", "alembic", "anyio", "attr", "bokeh", "boto3", "bs4", "bson", "celery", "click",
    "cryptography", "dash", "dask", "dateutil", "discord", "django", "docker", "docx", "dotenv", "factory", "faker",
    "fastapi", "flask", "flask_login", "flask_restful", "flask_sqlalchemy", "flask_wtf", "gensim", "httpx",
    "ipywidgets", "jinja2", "joblib", "jsonschema", "jwt", "kivy", "kombu", "langchain_core", "loguru", "lxml",
    "marshmallow", "matplotlib", "mock", "moto", "mpmath", "networkx", "nltk", "numpy", "oauthlib", "openai",
    "openpyxl", "packaging", "pandas", "paramiko", "passlib", "pika", "plotly", "prompt_toolkit", "psutil",
    "pydantic", "pygame", "pygments", "pymongo", "pymysql", "pyparsing", "pypdf", "pytest", "redis", "requests",
    "rest_framework", "rich", "scipy", "scrapy", "seaborn", "selenium", "shapely", "simpy", "skimage", "sklearn",
    "spacy", "sqlalchemy", "sqlmodel", "starlette", "statsmodels", "streamlit", "structlog", "sympy", "telegram",
    "tenacity", "textual", "tornado", "tqdm", "trio", "twisted", "typer", "urllib3", "watchdog", "websockets",
    "werkzeug", "wtforms", "xarray", "yaml",
)  # fmt: skip
_LEVELS = 2
_OTHER_LEVELS = {
    "boto3": 1, "langchain_core": 1, "moto": 1, "openai": 1, "pandas": 1, "rest_framework": 1, "selenium": 3,
    "statsmodels": 3, "sympy": 3, "twisted": 1,
}  # fmt: skip
"""How many levels below a package its modules count."""
_QT = "QtCore QtGui QtMultimedia QtNetwork QtPrintSupport QtSql QtSvg QtTest QtWidgets uic"
_ALSO = {
    "django": {"django.contrib.auth.models": "AbstractBaseUser AbstractUser Group Permission User"},
    "loguru": {"loguru": "logger"},
    "PyQt5": {"PyQt5": _QT},
    "PyQt6": {"PyQt6": _QT},
    "PySide2": {"PySide2": _QT},
    "PySide6": {"PySide6": _QT},
}
"""Names that a search of the sources doesn't find, stated by hand; Qt's modules are compiled."""
_LEFT_OUT = frozenset(
    {"conftest", "setup", "cli", "compat", "migrations", "management", "locale", "vendor", "cookbook"}
)
_METADATA = re.compile(r"([-_.\w]+?)-(\d[\w.]*)\.dist-info")


def main(folders: Sequence[str]) -> int:
    """Write the table; `folders` hold installed packages."""
    packages = {name: table for name in (*_PACKAGES, *_ALSO) if (table := _table(name, tuple(folders)))}
    card = {
        "what": "names that well-known packages export, by package and module",
        "made_by": "python -m quickfix_ls.training.well_known FOLDER...",
        "source": "the packages' own sources, from PyPI",
        "versions": _versions(folders, packages),
    }
    DATA.write_text(json.dumps({"card": card, "packages": packages}, separators=(",", ":"), sort_keys=True) + "\n")
    count = sum(len(names.split()) for table in packages.values() for names in table.values())
    print(f"{DATA.name}: {count} names of {len(packages)} packages, {DATA.stat().st_size // 1024} KB")
    return 0


def _table(package: str, folders: tuple[str, ...]) -> dict[str, str]:
    """Return the public names of a package, joined by blanks, for each of its modules."""
    found: dict[str, set[str]] = {}
    exported = _exported(package, folders)
    levels = _OTHER_LEVELS.get(package, _LEVELS)
    for name, modules in names_of_package(package, folders).items():
        if name.startswith("_") or (len(name) < 2 and name.islower()):
            continue
        public = [module for module in modules if _is_public(module) and module.count(".") <= levels]
        if name in exported:
            public = [package, *(module for module in public if module != package)]
        for module in dict.fromkeys((*public[:1], *public[-1:])):
            found.setdefault(module, set()).add(name)
    for module, names in _ALSO.get(package, {}).items():
        found.setdefault(module, set()).update(names.split())
    return {module: " ".join(sorted(names)) for module, names in sorted(found.items())}


def _exported(package: str, folders: tuple[str, ...]) -> frozenset[str]:
    """Return the names in the `__all__` of a package."""
    for folder in folders:
        path = Path(folder) / package / "__init__.py"
        if path.is_file():
            text = path.read_text("utf-8", "replace")
            listed = re.search(r"^__all__[^=\n]*=\s*[\[(](.*?)[\])]", text, re.MULTILINE | re.DOTALL)
            return frozenset(re.findall(r"[\"'](\w+)[\"']", listed[1])) if listed else frozenset()
    return frozenset()


def _is_public(module: str) -> bool:
    return not any(part.startswith("_") or part in _LEFT_OUT for part in module.split("."))


def _versions(folders: Sequence[str], packages: dict[str, dict[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in folders:
        for path in sorted(Path(folder).iterdir()):
            match = _METADATA.fullmatch(path.name)
            if match is not None:
                tops = path / "top_level.txt"
                names = tops.read_text().split() if tops.is_file() else [match[1]]
                if any(name.lower() in {package.lower() for package in packages} for name in names):
                    found.setdefault(match[1], match[2])
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
