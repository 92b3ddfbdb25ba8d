"""Read settings from their sources; later sources override earlier ones:

1. `pyproject.toml`, its table `[tool.quickfix-ls]`, and 2. `quickfix-ls.toml`, both of the nearest folder above
   the file that has either (a `pyproject.toml` without the table does not count);
3. environment variables, `QUICKFIX_LS_MAX_OFFERS` for `maxOffers`;
4. the editor, or the command line;
5. the policy file of an organisation, which `policy.py` describes.

The files belong to the project, not to the user: `trust.py` limits what they may set.
A file's content is cached, and read again when its modification time or size changes.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from quickfix_ls.errors import UsageError
from quickfix_ls.settings.databases import placed
from quickfix_ls.settings.globs import anchored
from quickfix_ls.settings.policy import held_to, policy_file
from quickfix_ls.settings.schema import SECTION, Settings, outside, read, schema_of
from quickfix_ls.settings.trust import restrained

PREFIX = "QUICKFIX_LS_"
FILES = ("pyproject.toml", "quickfix-ls.toml")
"""The names of configuration files; the last one takes precedence."""


class Layer(NamedTuple):
    """The unchecked settings of one source.

    `origin` is its name in complaints; `folder` is that of a configuration file, where its globs are anchored.
    """

    raw: object
    origin: str = SECTION
    folder: str = ""


def resolve(
    folder: str,
    outer: Sequence[Layer] = (),
    environ: Mapping[str, str] = os.environ,
    base: str = "",
    policy: str | None = None,
) -> tuple[Settings, list[str]]:
    """Return the settings for files in `folder`, and the complaints about all sources.

    `folder` is an absolute path, or empty for a document that is not in a file. `outer` are the layers of the editor or
    the command line; the last one takes precedence. Globs that are not from a file are anchored at `base`, or at the
    current folder if `base` is empty. `policy` is the path of the policy file, or None for that of this machine.
    """
    layers, complaints = nearest(folder)
    layers += [Layer(_from_environment(environ), "environment"), *outer]
    settings = Settings()
    for layer in layers:
        raw = _placed(layer.raw, layer.folder or base)
        if layer.folder:
            raw, untrusted = restrained(raw, layer.origin, layer.folder, spelt)
            complaints += untrusted
        settings, wrong = read(raw, settings, layer.origin, spelt)
        complaints += wrong
    settings, held = _under_policy(settings, policy or policy_file())
    return settings, complaints + held


def for_document(
    path: str, roots: Sequence[str], editor: Sequence[object], environ: Mapping[str, str] = os.environ
) -> tuple[Settings, list[str]]:
    """Return the settings for an editor's document, and the complaints about all sources.

    `path` is absolute, or empty for a document that is not in a file, which counts as part of the first workspace
    folder. `roots` are the workspace folders; `editor` are the values that the editor sent, the last one taking
    precedence.
    """
    above = [root for root in roots if path.startswith(os.path.join(root, ""))]
    root = max(above, key=len, default=roots[0] if roots else "")
    return resolve(os.path.dirname(path) or root, [Layer(raw) for raw in editor], environ, root)


def nearest(folder: str) -> tuple[list[Layer], list[str]]:
    """Return the configuration files of the nearest folder, from `folder` upwards, that has any, and the complaints
    about unreadable ones."""
    while folder:
        found = [_section_of(os.path.join(folder, name)) for name in FILES]
        layers = [Layer(raw, origin, folder) for raw, origin, _ in found if raw is not None]
        complaints = [complaint for _, _, complaint in found if complaint]
        if layers or complaints:
            return layers, complaints
        above = os.path.dirname(folder)
        folder = above if above != folder else ""
    return [], []


def assignments(texts: Sequence[str]) -> dict[str, object]:
    """Parse the settings of a command line, each written `key=value`, with values as in environment variables.

    Raises UsageError for a string without `=`, and for an invalid key or value.
    """
    raw: dict[str, object] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"--set {text}: a setting is set by `key=value`, like `--set maxOffers=2`")
        raw[key] = _value(value, schema_of(spelt(key)))
    if complaints := read(raw, None, "--set", spelt)[1]:
        raise UsageError(" ".join(complaints))
    return raw


def spelt(key: str) -> str:
    """Return a setting's name in camelCase, from the spelling of any source: `maxOffers`, `max-offers`,
    `QUICKFIX_LS_MAX_OFFERS`."""
    return outside(key.removeprefix(PREFIX).lower()) if key.startswith(PREFIX) else outside(key.replace("-", "_"))


def _under_policy(settings: Settings, path: str) -> tuple[Settings, list[str]]:
    """Return the settings under the policy file at `path`, and the complaints; an unreadable one allows no model."""
    raw, origin, unreadable = _section_of(path)
    if raw is None and not unreadable:
        return settings, []
    # Its globs are about all files of the machine.
    held, complaints = held_to(_placed(raw, Path(path).anchor), settings, origin, spelt)
    return held, [f"{unreadable} No model may be asked."] if unreadable else complaints


# -- environment ---------------------------------------------------------------------------------------------


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    set_here = sorted((key, text) for key, text in environ.items() if key.startswith(PREFIX) and text)
    return {key: _value(text, schema_of(spelt(key))) for key, text in set_here}


def _value(text: str, schema: Mapping[str, Any] | None) -> object:
    """Convert a string to the type of its setting: parse it as JSON, or take it literally where the schema permits
    (`3.10` as a string, `close_bracket,add_colon` as a list). An invalid string is returned unchanged; `read` reports
    it."""
    types = (schema or {}).get("type", "string")
    if types == "array" and not text.lstrip().startswith("["):
        return [item.strip() for item in text.split(",") if item.strip()]
    is_json = text.startswith(('"', "{") if "object" in types else '"') or ("null" in types and text == "null")
    if "string" in types and not is_json:
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


# -- files ---------------------------------------------------------------------------------------------------


def _section_of(path: str) -> tuple[Any, str, str]:
    """Return the settings in a file (None if it has none, or does not exist), the file's name in complaints, and a
    complaint if it can't be read."""
    try:
        status = os.stat(path)
    except OSError:
        return None, path, ""
    return _read_file(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=64)
def _read_file(path: str, mtime: int, size: int) -> tuple[Any, str, str]:
    in_pyproject = os.path.basename(path) == FILES[0]
    origin = f"{path}, [tool.{SECTION}]" if in_pyproject else path
    try:
        with open(path, "rb") as file:
            data = file.read()
        # Most projects have a pyproject.toml without our table: don't parse it.
        if in_pyproject and SECTION.encode() not in data:
            return None, origin, ""
        content = _parse(data.decode())
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        return None, origin, f"{path}: can't be read as TOML: {reason}. Nothing in it holds."
    if not in_pyproject:
        return content, origin, ""
    tool = content.get("tool")
    return tool.get(SECTION) if isinstance(tool, dict) else None, origin, ""


def _parse(text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    content: dict[str, Any] = tomllib.loads(text)
    return content


# -- paths and globs -----------------------------------------------------------------------------------------


def _placed(raw: object, folder: str) -> object:
    """Return the settings of a layer with globs and paths resolved against a folder (the current one if empty), and
    with a provider's keys in camelCase. Values of the wrong type are left unchanged; `read` reports them."""
    if not isinstance(raw, Mapping):
        return raw
    inner = raw.get(SECTION)
    section: Mapping[str, object] = inner if isinstance(inner, Mapping) else raw
    return {key: _placed_value(spelt(key), value, folder) for key, value in section.items()}


_GLOBS = frozenset({"perPath", "exclude", "neverSend"})
_PATHS = frozenset({"schemaFile"})


def _placed_value(key: str, value: object, folder: str) -> object:
    if key == "provider" and isinstance(value, Mapping):
        return {spelt(inner) if isinstance(inner, str) else inner: held for inner, held in value.items()}
    if key in _PATHS and isinstance(value, str) and value:
        return os.path.join(folder or os.getcwd(), value)
    if key == "databases" and isinstance(value, Mapping):
        here = folder or os.getcwd()
        named = {glob: placed(held, here) if isinstance(held, str) else held for glob, held in value.items()}
        return _anchored(named, folder)
    return _anchored(value, folder) if key in _GLOBS else value


def _anchored(value: object, folder: str) -> object:
    folder = folder or os.getcwd()
    if isinstance(value, Mapping):
        return {anchored(glob, folder): names for glob, names in value.items() if isinstance(glob, str)}
    if isinstance(value, list):
        return [anchored(item, folder) if isinstance(item, str) else item for item in value]
    return value
