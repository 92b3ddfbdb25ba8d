"""What a project's own files can't set: nothing that sends or spends more than the defaults allow."""

from __future__ import annotations

from pathlib import Path

import pytest

from quickfix_ls.settings import ProviderSettings, Settings, for_document, resolve


def held(folder: Path, text: str, name: str = "quickfix-ls.toml", **environ: str) -> tuple[Settings, list[str]]:
    (folder / name).write_text(text, encoding="utf-8")
    return resolve(str(folder), environ=environ)


@pytest.mark.parametrize("name", ["pyproject.toml", "quickfix-ls.toml"])
@pytest.mark.parametrize(
    ("provider", "reason"),
    [
        ("'openai'", "a project can only name a server on this machine"),
        ("'anthropic'", "a project can only name a server on this machine"),
        ("'embedded'", "a project can only name a server on this machine"),
        ("{kind = 'ollama', baseUrl = 'https://ollama.example.com/v1'}", "a project can only name a server on this"),
        ("{kind = 'ollama', baseUrl = 'http://127.0.0.1.example.com/v1'}", "a project can only name a server on this"),
        ("{kind = 'ollama', baseUrl = 'http://localhost.example.com/v1'}", "a project can only name a server on this"),
        ("{kind = 'openai', baseUrl = 'http://192.168.0.7/v1'}", "a project can only name a server on this machine"),
        ("{kind = 'ollama', apiKeyEnv = 'AWS_SECRET_ACCESS_KEY'}", "`apiKeyEnv` is not for a project to set"),
        ("{kind = 'ollama', api-key-env = 'AWS_SECRET_ACCESS_KEY'}", "`apiKeyEnv` is not for a project to set"),
        ("{kind = 'openai', base-url = 'https://example.com'}", "a project can only name a server on this machine"),
        ("{kind = 'ollama', apiKeyCommand = ['sh', '-c', 'x']}", "`apiKeyCommand` is not for a project to set"),
        ("{kind = 'ollama', modelPath = 'evil.gguf'}", "`modelPath` is not for a project to set"),
        ("{kind = 'ollama', model = 'large:500b-cloud'}", "the model `large:500b-cloud` is not on this machine"),
    ],
)
def test_no_provider_elsewhere_and_no_key(tmp_path: Path, name: str, provider: str, reason: str) -> None:
    table = "[tool.quickfix-ls]\n" if name == "pyproject.toml" else ""
    settings, (complaint,) = held(tmp_path, f"{table}provider = {provider}\nk = 2\n", name)
    assert settings == Settings(k=2)
    assert complaint.startswith(str(tmp_path / name))
    assert f"`provider` is left out: {reason}" in complaint
    assert complaint.endswith("Set it in your editor or in the environment, if you want it.")


@pytest.mark.parametrize(
    ("written", "settings"),
    [
        ("'ollama'", ProviderSettings("ollama", api_key_env="")),
        ("{kind = 'vllm', model = 'm'}", ProviderSettings("vllm", model="m", api_key_env="")),
        (
            "{kind = 'openai', baseUrl = 'http://127.0.0.1:99/v1'}",
            ProviderSettings("openai", "http://127.0.0.1:99/v1", api_key_env=""),
        ),
        (
            "{kind = 'ollama', base-url = 'http://localhost:7'}",
            ProviderSettings("ollama", "http://localhost:7", "", ""),
        ),
        ("{kind = 'llamacpp', baseUrl = 'http://[::1]:9'}", ProviderSettings("llamacpp", "http://[::1]:9", "", "")),
        ("{kind = 'ollama', baseUrl = 'http://localhost:9'}", ProviderSettings("ollama", "http://localhost:9", "", "")),
    ],
)
def test_a_server_on_this_machine_gets_no_key(tmp_path: Path, written: str, settings: ProviderSettings) -> None:
    assert held(tmp_path, f"provider = {written}\n") == (Settings(provider=settings), [])


def test_what_the_user_says_replaces_the_projects_provider_whole(tmp_path: Path) -> None:
    settings, _ = held(
        tmp_path, "provider = {kind = 'ollama', baseUrl = 'http://127.0.0.1:9/v1'}\n", QUICKFIX_LS_PROVIDER="openai"
    )
    assert settings.provider == ProviderSettings("openai")
    editor = {"provider": {"kind": "anthropic", "apiKeyCommand": ["pass", "it"]}}
    settings, complaints = for_document(str(tmp_path / "a.py"), (), (editor,), {})
    assert settings.provider == ProviderSettings("anthropic", api_key_command=("pass", "it"))
    assert complaints == []


@pytest.mark.parametrize("key", ["dailyTokens", "daily-tokens", "monthlyTokens"])
def test_a_project_makes_caps_only_lower(tmp_path: Path, key: str) -> None:
    default = Settings().daily_tokens if "daily" in key else Settings().monthly_tokens
    name = "daily_tokens" if "daily" in key else "monthly_tokens"
    settings, (complaint,) = held(tmp_path, f"{key} = 99_000_000\n")
    assert settings == Settings()
    assert f"`{key}` is left out: a project can't allow more than {default} tokens" in complaint
    assert getattr(held(tmp_path, f"{key} = 7\n")[0], name) == 7
    # The user's own word holds, whichever way.
    assert held(tmp_path, f"{key} = 7\n", QUICKFIX_LS_DAILY_TOKENS="9", QUICKFIX_LS_MONTHLY_TOKENS="9")[0] == Settings(
        daily_tokens=9, monthly_tokens=9
    )


def test_a_project_sends_nothing_that_git_ignores(tmp_path: Path) -> None:
    settings, (complaint,) = held(tmp_path, "send-git-ignored = true\n")
    assert settings == Settings()
    assert "`send-git-ignored` is left out" in complaint
    assert held(tmp_path, "sendGitIgnored = false\n", QUICKFIX_LS_SEND_GIT_IGNORED="true")[0].send_git_ignored


def test_a_project_starts_no_programs(tmp_path: Path) -> None:
    settings, (complaint,) = held(tmp_path, "checkers = ['ruff']\n")
    assert settings == Settings()
    assert "`checkers` is left out: a project can't have programs started" in complaint
    assert held(tmp_path, "checkers = []\n", QUICKFIX_LS_CHECKERS="ruff")[0].checkers == ("ruff",)


@pytest.mark.parametrize("path", ["/etc/tables.json", "../tables.json", "link/tables.json"])
def test_a_projects_schema_is_a_file_of_its_own(tmp_path: Path, path: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "link").symlink_to(tmp_path)
    settings, (complaint,) = held(project, f"schemaFile = '{path}'\n")
    assert settings == Settings()
    assert "`schemaFile` is left out: a project can only name a file of its own" in complaint
    assert held(project, "schemaFile = 'db/tables.json'\n")[0].schema_file == str(project / "db" / "tables.json")
    assert held(project, "", QUICKFIX_LS_SCHEMA_FILE="/etc/tables.json")[0].schema_file == "/etc/tables.json"


@pytest.mark.parametrize(
    "database",
    [
        "postgresql://me@db.example/shop",
        "SHOP_URL",
        "/etc/shop.db",
        "../shop.db",
        "link/shop.db",
        "sqlite:////etc/shop.db",
        "sqlite:///../shop.db",
        "sqlite://",
        "sqlite:///file:shop.db?uri=true",
        "duckdb:///md:shop",
    ],
)
def test_a_projects_databases_are_files_of_its_own(tmp_path: Path, database: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "link").symlink_to(tmp_path)
    settings, (complaint,) = held(project, f"[databases]\n'a/*' = 'shop.db'\n'*' = '{database}'\n")
    assert settings == Settings()
    assert "`databases` is left out: a project can only name files of its own" in complaint
    assert held(project, "", QUICKFIX_LS_DATABASES=f'{{"/a": "{database}"}}')[0].databases[0][0] == "/a"


@pytest.mark.parametrize(
    ("database", "placed"),
    [("db/shop.db", "{}/db/shop.db"), ("sqlite:///shop.db", "sqlite:///{}/shop.db"), ("s.sql", "{}/s.sql")],
)
def test_a_projects_own_database(tmp_path: Path, database: str, placed: str) -> None:
    settings, complaints = held(tmp_path, f"[databases]\n'reports/**' = '{database}'\n")
    assert settings.databases == ((f"{tmp_path}/reports/**", placed.format(tmp_path)),)
    assert complaints == []


def test_a_project_has_no_database_asked(tmp_path: Path) -> None:
    settings, (complaint,) = held(tmp_path, "explain = true\n")
    assert settings == Settings()
    assert "`explain` is left out: a project can't have a database asked" in complaint
    assert held(tmp_path, "explain = false\n", QUICKFIX_LS_EXPLAIN="true")[0].explain


def test_a_wrong_shape_is_told_as_such(tmp_path: Path) -> None:
    settings, complaints = held(tmp_path, "provider = 3\ndailyTokens = 'many'\nsendGitIgnored = 'yes'\n")
    assert settings == Settings()
    assert [one.partition("` must be ")[2].partition(",")[0] for one in complaints] == [
        "null",
        "a whole number or null from 0 to 1000000000000",
        "true or false",
    ]
