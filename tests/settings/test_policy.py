"""An organisation's policy file, which wins over what users set."""

from __future__ import annotations

from pathlib import Path

import pytest

from quickfix_ls.settings import Layer, ProviderSettings, Settings, resolve
from quickfix_ls.settings.policy import is_allowed, policy_file


def under(tmp_path: Path, policy: str, **chosen: object) -> tuple[Settings, list[str]]:
    """Return the settings of a user who chose these, under a policy."""
    path = tmp_path / "policy.toml"
    path.write_text(policy)
    return resolve("", [Layer(chosen)], {}, policy=str(path))


def test_without_a_policy_the_users_settings_hold(tmp_path: Path) -> None:
    read, complaints = resolve("", [Layer({"provider": "ollama"})], {}, policy=str(tmp_path / "none.toml"))
    assert (read.provider, complaints) == (ProviderSettings("ollama"), [])


def test_a_setting_of_the_policy_beats_all_sources(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("send-git-ignored = false\nk = 1\n")
    environ = {"QUICKFIX_LS_SEND_GIT_IGNORED": "true"}
    read, complaints = resolve("", [Layer({"k": 4, "sendGitIgnored": True})], environ, policy=str(path))
    assert (read.k, read.send_git_ignored, complaints) == (1, False, [])


@pytest.mark.parametrize(
    ("chosen", "holds"),
    [({}, 1000), ({"dailyTokens": 5000}, 1000), ({"dailyTokens": None}, 1000), ({"dailyTokens": 10}, 10)],
)
def test_a_limit_of_the_policy_is_the_most_that_a_user_may_allow(
    tmp_path: Path, chosen: dict[str, object], holds: int
) -> None:
    read, complaints = under(tmp_path, "daily-tokens = 1000", **chosen)
    assert (read.daily_tokens, read.monthly_tokens, complaints) == (holds, Settings().monthly_tokens, [])


def test_a_provider_that_is_not_allowed_is_not_asked_and_the_user_is_told(tmp_path: Path) -> None:
    read, complaints = under(tmp_path, 'allowed-providers = ["ollama"]', provider="openai")
    assert read.provider is None
    assert len(complaints) == 1
    assert "does not allow this provider of models. It allows: ollama." in complaints[0]


@pytest.mark.parametrize(
    ("provider", "allowed"),
    [
        (ProviderSettings("ollama"), True),
        (ProviderSettings("ollama", "http://127.0.0.1:9999"), True),
        (ProviderSettings("ollama", "https://elsewhere.example"), False),
        (ProviderSettings("openai"), False),
        (ProviderSettings("openai", "https://models.example.com/v1"), True),
        (ProviderSettings("openai", "https://models.example.com"), True),
        (ProviderSettings("openai", "https://models.example.com.evil.example"), False),
        (ProviderSettings("openai", "https://models.example.com@evil.example"), False),
    ],
)
def test_a_kind_is_allowed_at_home_and_a_url_with_what_lies_under_it(provider: ProviderSettings, allowed: bool) -> None:
    assert is_allowed(provider, ["ollama", "https://models.example.com"]) is allowed


@pytest.mark.parametrize("policy", ["allowed-providers = []", 'allowed-providers = "ollama"', "this is no TOML"])
def test_a_policy_that_allows_none_or_is_broken_lets_no_model_be_asked(tmp_path: Path, policy: str) -> None:
    read, complaints = under(tmp_path, policy, provider="ollama")
    assert read.provider is None
    assert complaints


def test_globs_of_the_policy_are_about_all_files(tmp_path: Path) -> None:
    read, _ = under(tmp_path, 'never-send = ["*.key"]')
    assert read.never_send == ("/**/*.key",)


def test_the_file_lies_where_administrators_write() -> None:
    assert policy_file("linux") == "/etc/quickfix-ls/policy.toml"
    assert policy_file("darwin") == "/Library/Application Support/quickfix-ls/policy.toml"
    assert policy_file("win32", {"ProgramData": "D:/Data"}) == str(Path("D:/Data/quickfix-ls/policy.toml"))
