"""Checks this installation, and says what is missing and how to repair it, for `quickfix-ls doctor` and for editors."""

from __future__ import annotations

import importlib
import json
import pkgutil
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from typing import Literal, NamedTuple

from quickfix_ls import __version__
from quickfix_ls.errors import ModelError
from quickfix_ls.health_lines import LINES, optional_cure
from quickfix_ls.shipped import models_of

HealthState = Literal["works", "missing", "optional"]

_OLDEST = (3, 10)
_OF_THE_COMMAND_LINE = frozenset({"rich"})
_EDITORS = {
    "nvim": "Neovim",
    "code": "VS Code",
    "codium": "VSCodium",
    "hx": "Helix",
    "emacs": "Emacs",
    "vim": "Vim",
}


@dataclass(frozen=True, slots=True)
class Health:
    """The result of a check of `what`; `cure` says how to repair it if it does not work."""

    what: str
    state: HealthState
    detail: str
    cure: str = ""


class Report(NamedTuple):
    """The results of all checks as text, and whether everything that is needed works."""

    text: str
    works: bool


def report(*, serving_only: bool = False) -> Report:
    """Return the results of all checks; with `serving_only`, what only the command line needs is optional."""
    findings = [finding for check in _CHECKS for finding in check()]
    if serving_only:
        findings = [_optional(finding) if finding.what in _OF_THE_COMMAND_LINE else finding for finding in findings]
    lines = []
    for finding in findings:
        lines.append(f"{finding.state:<9} {finding.what}: {finding.detail}")
        if finding.cure:
            lines.append(f"{'':<9} cure: {finding.cure}")
    missing = sum(finding.state == "missing" for finding in findings)
    lines += ["", f"{missing} missing: see the cures above." if missing else "All that is needed works."]
    return Report("\n".join(lines), not missing)


def _optional(finding: Health) -> Health:
    return replace(finding, state="optional") if finding.state == "missing" else finding


def _python() -> Iterator[Health]:
    detail = f"{platform.python_implementation()} {platform.python_version()} at {sys.executable}"
    if sys.version_info[:2] < _OLDEST:
        yield Health("Python", "missing", detail, LINES["Python"].cure)
    elif platform.python_implementation() != "CPython":
        yield Health("Python", "missing", detail, "run it with CPython, whose compiler is our judge")
    else:
        yield Health("Python", "works", detail)
    newest = ".".join(map(str, sys.version_info[:2]))
    yield Health("target versions", "works", f"judged up to {newest}; what only newer ones have is left alone")


def _packages() -> Iterator[Health]:
    for name in ("pygls", "rapidfuzz", "rich"):
        use, cure = LINES[name].purpose, LINES[name].cure
        try:
            importlib.import_module(name)
        except ImportError as error:
            yield Health(name, "missing", f"{use} needs it, and it can't be imported: {error}", cure)
        else:
            yield Health(name, "works", f"{_version(name)} ({use})")
    # Not imported: the server must not load it for a user of Python alone.
    version = _version("sqlglot")
    detail = f"{version} ({LINES['sqlglot'].purpose})" if version else "not installed"
    yield Health("sqlglot", "works" if version else "missing", detail, "" if version else LINES["sqlglot"].cure)
    for name in ("SQLAlchemy", "scikit-learn"):
        version = _version(name)
        cure = "" if version else optional_cure(name)
        yield Health(name, "works" if version else "optional", version or "not installed", cure)


def _types() -> Iterator[Health]:
    from quickfix_ls.languages.python.types import jedi_service, ty_service

    use = LINES["types by ty"].purpose
    cure = optional_cure("types by ty")
    if program := ty_service.program():
        yield Health("types by ty", "works", f"{_version('ty') or 'any version'} at {program} ({use})")
        return
    yield Health("types by ty", "optional", "not installed", cure)
    if jedi_service.is_installed():
        yield Health("types by jedi", "works", f"{_version('jedi')} ({use}, slower than by ty)")
    else:
        yield Health("types by jedi", "optional", "not installed", cure)


def _models() -> Iterator[Health]:
    # Imported here: the other checks must work in a broken installation.
    from quickfix_ls import languages
    from quickfix_ls.plausibility import FILE, Plausibility
    from quickfix_ls.ranking import selectors
    from quickfix_ls.ranking.boosting import library
    from quickfix_ls.ranking.loader import load_selector

    language = languages.of("python")
    features, models = language.measures.names, models_of(language.name)
    yield _loaded(
        "language model", partial(_card, "plausibility"), partial(Plausibility.load, language.tokenizer, models / FILE)
    )
    yield _loaded("LightGBM's library", lambda: "opens", library)
    for module in pkgutil.iter_modules(selectors.__path__):
        name = module.name
        yield _loaded(f"selector {name}", partial(_card, name), partial(load_selector, name, features, models))


def _loaded(what: str, detail: Callable[[], str], load: Callable[[], object]) -> Health:
    """Return whether `load` works, or the ModelError that it raises."""
    try:
        load()
    except ModelError as error:
        # The error's message contains the cure.
        return Health(what, "missing", str(error))
    return Health(what, "works", detail())


def _card(name: str) -> str:
    """Return a line of a model's card; models without a card are not trained."""
    path = models_of("python") / f"{name}.json"
    if not path.exists():
        return "needs no model file"
    card = json.loads(path.read_text(encoding="utf-8"))
    return ", ".join(f"{key} {card[key]}" for key in ("what", "date", "seed") if key in card) or path.name


def _checkers() -> Iterator[Health]:
    from quickfix_ls import languages
    from quickfix_ls.checkers import all_checkers
    from quickfix_ls.checkers.running import find

    for name, checker in all_checkers(languages.of("python").checkers).items():
        path = find(checker.command[0])
        cure = "" if path else optional_cure("checker {name}", name=name)
        yield Health(f"checker {name}", "works" if path else "optional", path or "not on PATH", cure)


def _editors() -> Iterator[Health]:
    found = [f"{name} ({path})" for command, name in _EDITORS.items() if (path := shutil.which(command))]
    detail = ", ".join(found) or "none of " + ", ".join(_EDITORS.values()) + " on PATH"
    yield Health("editors", "works" if found else "optional", detail)
    command = shutil.which("quickfix-ls")
    if command:
        yield Health("command", "works", f"quickfix-ls {__version__} at {command}")
    else:
        cure = LINES["command"].cure.format(python=sys.executable)
        yield Health("command", "optional", "quickfix-ls is not on PATH", cure)


def _version(package: str) -> str:
    """Return the version of an installed package; empty if it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


_CHECKS = (_python, _packages, _types, _models, _checkers, _editors)
