"""The single definition of the settings: their names, descriptions, types and defaults; editors' schemas are generated
from it.

Settings mean the same in all sources (see `sources.py`). Outside of Python they are written in camelCase (`maxOffers`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from quickfix_ls.settings import databases, provider
from quickfix_ls.settings.provider import ProviderSettings
from quickfix_ls.settings.shapes import frozen, mismatch, shown, thawed
from quickfix_ls.settings.unknown_keys import OF_CLIENTS, complaint

SECTION = "quickfix-ls"

DIALECTS = (
    *("", "athena", "bigquery", "clickhouse", "databricks", "doris", "dremio", "drill", "druid", "duckdb", "dune"),
    *("exasol", "fabric", "hive", "materialize", "mysql", "oracle", "postgres", "presto", "redshift", "risingwave"),
    *("snowflake", "solr", "spark", "spark2", "sqlite", "starrocks", "teradata", "trino", "tsql"),
)
"""The names of SQL dialects; empty where it is not set."""

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}


def _setting(default: Any, description: str, **schema: Any) -> Any:
    return field(default=default, metadata={"description": description, "schema": schema})


@dataclass(frozen=True, slots=True)
class Settings:
    """A valid set of settings; `read` creates it from raw values."""

    diagnostics: Literal["auto", "on", "off"] = _setting(
        "auto",
        "Show syntax errors and undefined names: always (`on`), never (`off`), or only where no other tool "
        "is known to report the same (`auto`).",
        enum=["auto", "on", "off"],
    )
    max_offers: int = _setting(
        3, "How many quick fixes to offer at most at one place.", type="integer", minimum=1, maximum=10
    )
    min_probability: float | None = _setting(
        None,
        "Offer nothing that is less likely than this to be the right fix; null leaves it to the model.",
        type=["number", "null"],
        minimum=0,
        maximum=1,
    )
    selector: str = _setting(
        "lightgbm", "What ranks the candidates: `lightgbm`, `logistic`, `majority` or `first`.", type="string"
    )
    target_version: str | None = _setting(
        None,
        "The Python version that the code is for, like `3.10`; null means the project's own, as `requires-python`, "
        "`.python-version` or its environment tell, else the server's.",
        type=["string", "null"],
        pattern=r"3\.\d{1,2}",
    )
    log_level: Literal["error", "warning", "info", "debug", "trace"] = _setting(
        "warning",
        "How much the server writes to its log; `trace` is every stage of every answer.",
        enum=["error", "warning", "info", "debug", "trace"],
    )
    disabled_fixers: tuple[str, ...] = _setting(
        (), "Names of fixers whose proposals are never shown.", type="array", items={"type": "string"}
    )
    per_path: tuple[tuple[str, tuple[str, ...]], ...] = _setting(
        (),
        "Which fixers are switched off in which files: a glob, like `tests/**`, and a list of fixers or `all`.",
        type="object",
        additionalProperties={"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}}]},
    )
    exclude: tuple[str, ...] = _setting(
        (),
        "Globs of files that the command line leaves out of folders.",
        type="array",
        items={"type": "string"},
    )
    provider: ProviderSettings | None = _setting(  # noqa: RUF009 - it is frozen like the others
        None,
        "The language model that proposes fixes too: the name of a kind of server, like `ollama`, or `vscode` for the "
        "editor's own models, or an object with "
        "`kind` and any of `baseUrl`, `model`, `apiKeyEnv`, `apiKeyCommand`, `modelPath`, `idleSeconds`, "
        "`hedgeSeconds`, `concurrency` and `without`; null means that no model is asked and nothing is sent.",
        **provider.SCHEMA,
    )
    k: int = _setting(4, "How many answers of the model to ask for at once.", type="integer", minimum=1, maximum=16)
    variants: tuple[str, ...] = _setting(
        (), "Names of the prompt variants to ask with; empty means the default set.", type="array", items=_TEXT
    )
    deadline_seconds: float = _setting(
        2.5, "How long to wait for the model at most, in seconds.", type="number", minimum=0.1, maximum=600
    )
    generate_when: Literal["unsure", "always", "never"] = _setting(
        "unsure",
        "When to ask the model: where no other fix is sure enough (`unsure`), `always`, or `never`.",
        enum=["unsure", "always", "never"],
    )
    finish_in_background: bool = _setting(
        False, "Let the model finish after the deadline, so that the next question finds its answer.", type="boolean"
    )
    dialect: str = _setting(
        "",
        "The SQL dialect of queries, like `postgres`; empty means that of the database or schema, or of the file's "
        "suffix. A comment `-- dialect: postgres` in a file's first lines counts more.",
        enum=list(DIALECTS),
    )
    databases: tuple[tuple[str, str], ...] = _setting(
        (),
        "Which database the queries of which files are for: a glob, like `reports/**`, and the URL of the database, "
        "the name of an environment variable that holds the URL, or a file as in `schemaFile`. The first glob that "
        "fits counts. Only names, types and keys are read, never a row.",
        **databases.SCHEMA,
    )
    schema_file: str = _setting(
        "",
        'A file with the schema of the database: JSON, like `{"rooms": {"id": "INTEGER"}}`, `CREATE TABLE` statements, '
        "or an SQLite file. Empty means what is found beside the query and in the workspace. A model is told of the "
        "tables that the failing lines name.",
        type="string",
    )
    explain: bool = _setting(
        False,
        "Have the database of `databases` check each fixed query by `EXPLAIN`, in a read-only transaction that is "
        "rolled back; nothing is run.",
        type="boolean",
    )
    daily_tokens: int | None = _setting(
        500_000,
        "Tokens that a paid model may take in a day, sent and received; null means no limit.",
        type=["integer", "null"],
        minimum=0,
        maximum=10**12,
    )
    monthly_tokens: int | None = _setting(
        5_000_000,
        "Tokens that a paid model may take in a month, sent and received; null means no limit.",
        type=["integer", "null"],
        minimum=0,
        maximum=10**12,
    )
    redact: tuple[str, ...] = _setting(
        (),
        "Regular expressions of what is replaced before anything is sent, beside the secrets that are known by their "
        "form.",
        type="array",
        items={"type": "string", "format": "regex"},
    )
    never_send: tuple[str, ...] = _setting(
        (), "Globs of files that are never sent, beside `.env` files.", type="array", items=_TEXT
    )
    send_git_ignored: bool = _setting(False, "Whether files that git ignores may be sent to a model.", type="boolean")
    checkers: tuple[str, ...] = _setting(
        (),
        "Your own checkers to run when you ask for fixes: `ruff`, `ty`, `pyright`, `basedpyright`, `mypy`, `pylint`; "
        "what they report is fixed too, and fixes are checked with them.",
        type="array",
        items=_TEXT,
    )


def read(
    raw: object, base: Settings | None = None, origin: str = SECTION, spelt: Callable[[str], str] = str
) -> tuple[Settings, list[str]]:
    """Read the settings of one source over `base` (None: the defaults); return them and the complaints.

    `raw` is the section's content, or a mapping that holds the section; None and empty values set nothing. `origin` is
    the source's name in complaints; `spelt` converts a key, as that source writes it, to the setting's name. Every
    complaint names the key, the value and the value that applies instead; valid keys are read even if others are wrong.
    Keys of the editor's section that its extension uses itself are ignored.
    """
    base = base or Settings()
    if isinstance(raw, Mapping) and isinstance(raw.get(SECTION), Mapping):
        raw = raw[SECTION]
    if raw is None or raw == [] or raw == "":
        return base, []
    if not isinstance(raw, Mapping):
        return base, [f"{origin}: the settings must be an object, not {raw!r}; nothing was changed."]
    known = {outside(setting.name): setting for setting in fields(Settings)}
    values = {setting.name: getattr(base, setting.name) for setting in fields(Settings)}
    complaints = []
    for key, value in raw.items():
        name = spelt(key)
        setting = known.get(name)
        if setting is None:
            if origin != SECTION or name not in OF_CLIENTS:
                complaints.append(complaint(key, name, known, origin))
        elif wrong := mismatch(value, setting.metadata["schema"]):
            held = thawed(values[setting.name])
            complaints.append(
                f"{origin}: `{key}` must be {wrong}, not {shown(value, setting.metadata['schema'])}; {held!r} holds."
            )
        else:
            values[setting.name] = frozen(value, setting.metadata["schema"])
    return Settings(**values), complaints


def schema_of(name: str) -> Schema | None:
    """Return the JSON Schema of a setting, by its name in camelCase; None if there is no such setting."""
    found = (setting for setting in fields(Settings) if outside(setting.name) == name)
    return next((dict(setting.metadata["schema"]) for setting in found), None)


def json_schema() -> Schema:
    """Return the JSON Schema properties of the section for editors' settings: {"quickfix-ls.maxOffers": {...}, ...}."""
    return {
        f"{SECTION}.{outside(setting.name)}": _property(setting.default, setting.metadata)
        for setting in fields(Settings)
    }


def _property(default: Any, metadata: Mapping[str, Any]) -> Schema:
    shown = {} if metadata["schema"].get("type") == "object" else thawed(default)
    return {**metadata["schema"], "default": shown, "markdownDescription": metadata["description"]}


def outside(name: str) -> str:
    """Return a setting's name in camelCase."""
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)
