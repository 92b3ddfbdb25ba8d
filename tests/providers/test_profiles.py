"""Each kind of server speaks one wire format, and has sane defaults."""

from __future__ import annotations

from typing import get_args

from quickfix_ls.providers import Endpoint, all_formats, all_profiles, format_of
from quickfix_ls.providers.endpoint import EndpointFeature
from quickfix_ls.settings.provider import FEATURES, LOCAL_KINDS, is_loopback


def test_each_kind_speaks_one_format() -> None:
    assert len(all_profiles()) == sum(len(one.PROFILES) for one in all_formats().values()) >= 10
    for kind, profile in all_profiles().items():
        assert kind in format_of(Endpoint(kind, profile, "", "")).PROFILES


def test_local_kinds_are_on_this_machine_want_no_key_and_cost_nothing() -> None:
    for kind in LOCAL_KINDS:
        profile = all_profiles()[kind]
        assert is_loopback(profile.base_url)
        assert not profile.key_env
        assert not profile.metered
    assert all_profiles()["ollama"].model


def test_all_that_cost_money_are_metered() -> None:
    assert {kind for kind, one in all_profiles().items() if not one.metered} == {*LOCAL_KINDS, "embedded"}


def test_what_a_model_may_lack_has_the_same_names_in_the_settings() -> None:
    assert get_args(EndpointFeature) == FEATURES
