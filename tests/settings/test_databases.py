"""The setting `databases`: what a value names, and that no message holds a password."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickfix_ls.settings import Settings, read, resolve
from quickfix_ls.settings.databases import file_of, placed, redacted
from quickfix_ls.settings.schema import DIALECTS

SECRET = "s3cr3t"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://me:{SECRET}@db.example/shop",
        f"postgresql+psycopg://me:{SECRET}@/shop?host=/run/postgresql",
        f"mysql+pymysql://me:a@b:c/{SECRET}@db.example/shop",
        f"databricks://token:{SECRET}@host?http_path=/x",
        f"snowflake://me@account/db?password={SECRET}&warehouse=w",
        f"bigquery://project?access_token={SECRET}",
        f"clickhouse://host/db?user=me;private_key={SECRET}",
        f"can't connect to x://me:{SECRET} with blanks@host/db, nor to y://me:{SECRET}@host",
    ],
)
def test_no_secret_is_shown(url: str) -> None:
    assert SECRET not in redacted(url)
    assert redacted(url).partition("://")[0] == url.partition("://")[0]


@given(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1))
def test_no_password_is_shown(password: str) -> None:
    assert redacted(f"mysql://me:{password}@host/shop") == "mysql://me:***@host/shop"


@pytest.mark.parametrize(
    "text", ["sqlite:///shop.db", "postgresql://me@host/shop?sslmode=require", "see http://x:80/y"]
)
def test_what_is_no_secret_is_shown(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize(
    ("database", "path"),
    [
        ("shop.db", "shop.db"),
        ("db/shop", "db/shop"),
        ("sqlite:///shop.db", "shop.db"),
        ("sqlite+pysqlite:////var/shop.db?mode=ro", "/var/shop.db"),
        ("duckdb:///shop.duckdb", "shop.duckdb"),
        ("SHOP_URL", ""),
        ("sqlite://", ""),
        ("sqlite:///:memory:", ""),
        ("duckdb:///md:shop", ""),
        ("postgresql:///shop.db", ""),
    ],
)
def test_the_file_that_a_value_names(database: str, path: str) -> None:
    assert file_of(database) == path


def test_a_relative_file_belongs_to_the_folder_of_its_settings() -> None:
    assert placed("sqlite:///shop.db?mode=ro", "/home/me") == "sqlite:////home/me/shop.db?mode=ro"
    assert placed("shop.db", "/home/me") == "/home/me/shop.db"
    assert placed("SHOP_URL", "/home/me") == "SHOP_URL"


@pytest.mark.parametrize("value", [[], {"*": 1}, {"*": ""}, f"postgresql://me:{SECRET}@host/shop"])
def test_a_wrong_value_is_told_without_showing_it(value: object) -> None:
    base = Settings(databases=(("/x", f"postgresql://me:{SECRET}@host/shop"),))
    settings, (complaint,) = read({"databases": value}, base, "quickfix-ls.toml")
    assert settings == base
    assert SECRET not in complaint
    assert "`databases` must be an object of globs, each with the URL of a database" in complaint
    assert "{'/x': 'postgresql://me:***@host/shop'} holds" in complaint


def test_a_wrong_dialect_is_told_with_those_that_there_are() -> None:
    settings, (complaint,) = resolve("", environ={"QUICKFIX_LS_DIALECT": "postgresql"})
    assert settings.dialect == ""
    assert "`QUICKFIX_LS_DIALECT` must be one of '', 'athena', " in complaint
    assert "'postgres'" in complaint


def test_the_dialects_are_those_that_can_be_read() -> None:
    from sqlglot.dialects import Dialect

    for name in DIALECTS:
        Dialect.get_or_raise(name)
