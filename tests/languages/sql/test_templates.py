"""Placeholders for what programs and templates put into a query: it can be read, and nothing in it is a false alarm."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from quickfix_ls.documents.embedded_view import Segment
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages import of
from quickfix_ls.languages.embedding import own_view, shown_problem
from quickfix_ls.languages.python.embedded.queries import queries_in
from quickfix_ls.languages.sql.embedded.holes import filled
from quickfix_ls.languages.sql.embedded.jinja import masked
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.syntax_fault import fault
from quickfix_ls.problems import find_all
from quickfix_ls.schema.tables import Column, Schema, Table
from quickfix_ls.values import Problem

SCHEMA = Schema(
    (
        Table("users", (Column("user_id", "INTEGER"), Column("email", "TEXT"))),
        Table("orders", (Column("order_id", "INTEGER"), Column("user_id", "INTEGER"), Column("total", "REAL"))),
    )
)


def read(segments: tuple[Segment, ...], dialect: str = "duckdb") -> str | None:
    """Return a query with its placeholders, numbered from 0, as `_0`."""
    found = filled(segments, SqlEnvironment(dialect, SCHEMA))
    if found is None:
        return None
    text = "".join(segment.text for segment in found)
    names = dict.fromkeys(re.findall(r"qfls_any\d+", text))
    for number, name in enumerate(names):
        text = text.replace(name, f"_{number}")
    return text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("SELECT {cols} FROM {table} WHERE {where}", "SELECT _0 FROM _1 WHERE _2"),
        ("SELECT a FROM t_{suffix} WHERE b = '{b}'", "SELECT a FROM t__0 WHERE b = '_1'"),
        ("SELECT a FROM users {joins} WHERE a = 1 {more}", "SELECT a FROM users , _0 WHERE a = 1 /*_1*/"),
        ("SELECT a FROM t WHERE a {op} 5", "SELECT a FROM t WHERE a = 5"),
        ("SELECT a FROM t WHERE a IN {ids} LIMIT {n}", "SELECT a FROM t WHERE a IN (_0) LIMIT _1"),
        ("SELECT a FROM t WHERE a IN ({ids}) ORDER BY {c} {d}", "SELECT a FROM t WHERE a IN (_0) ORDER BY _1 /*_2*/"),
        ("INSERT INTO {t} ({cols}) VALUES ({vals})", "INSERT INTO _0 (_1) VALUES (_2)"),
        ("UPDATE t SET {sets} WHERE a = {a}", "UPDATE t SET _0 = 1 WHERE a = _1"),
        ("UPDATE t SET {col} = 1", "UPDATE t SET _0 = 1"),
        ("SELECT a, {f}(b) FROM ({sub}) x", "SELECT a, _0(b) FROM (SELECT _1) x"),
        ("WITH c AS ({q}) SELECT * FROM c", "WITH c AS (SELECT _0) SELECT * FROM c"),
        ("SELECT a{more} FROM t", "SELECT a_0 FROM t"),
        ("SELECT a {more} FROM t", "SELECT a , _0 FROM t"),
        ("SELECT * {x} FROM t", "SELECT * , _0 FROM t"),
    ],
)
def test_a_hole_is_what_can_stand_there(query: str, shown: str) -> None:
    (fragment,) = queries_in(f'cur.execute(f"{query}")')
    assert read(fragment.segments) == shown
    assert fault(shown, "", "", SqlEnvironment("duckdb")) is None


def test_a_value_is_a_parameter() -> None:
    (fragment,) = queries_in('cur.execute("SELECT a FROM t WHERE b = %s AND c IN %s", x)')
    assert read(fragment.segments, "postgres") == "SELECT a FROM t WHERE b = ? AND c IN (?)"


def test_what_can_be_no_value_is_a_name() -> None:
    (fragment,) = queries_in('cur.execute("SELECT %s(a) FROM %s WHERE %s.b = %s", x)')
    assert read(fragment.segments, "postgres") == "SELECT _0(a) FROM _1 WHERE _2.b = ?"


def test_a_broken_query_is_reported_if_no_placeholder_makes_it_whole() -> None:
    (fragment,) = queries_in('cur.execute(f"SELECT a FROM {t} WHERE (b = 1")')
    assert read(fragment.segments) == "SELECT a FROM _0 WHERE (b = 1"


MODEL = """\
{{ config(materialized='table') }}
{% set methods = ['card', 'cash'] %}
with u as (
    select * from {{ ref('users') }} -- {# all of them #}
)
select
    user_id,
    {% for method in methods %}
    sum(case when kind = '{{ method }}' then 1 end) as {{ method }}_total
    {%- if not loop.last %},{% endif %}
    {% endfor %}
from {{ source('raw', "payments") }}
{% if is_incremental() %}
where paid_at > (select max(paid_at) from {{ this }})
{% else %}
where true
{% endif %}
group by 1
"""


def test_the_templates_of_a_model_are_masked() -> None:
    segments = masked(MODEL)
    assert segments is not None
    shown = read(segments, "duckdb")
    assert shown is not None
    assert "{" not in shown
    assert "select * from users" in shown
    assert "when kind = '_0' then 1 end) as _1_total" in shown
    assert re.search(r"from _2\s+where paid_at > \(select max\(paid_at\) from _3\)\s+group by 1", shown)
    # What is not masked stands where it stood.
    assert all(MODEL[one.span.start : one.span.end] == one.text for one in segments if one.kind == "exact")
    assert all(one.span.end == other.span.start for one, other in pairwise(segments))


def test_sql_without_templates_is_as_it_is() -> None:
    assert masked("select '{' || a from t -- }") is None


def found_in(text: str, dialect: str = "duckdb") -> list[Problem]:
    """Return the problems of a document in SQL, in its text."""
    language, environment = of("sql"), SqlEnvironment(dialect, SCHEMA)
    view = own_view(language, "", text, environment)
    assert view is not None
    index = language.index(Snapshot.of(view.text), environment, view.seams)
    shown = (shown_problem(view, problem) for problem in find_all(index))
    return [problem for problem in shown if problem is not None]


@pytest.mark.parametrize("dialect", ["", "duckdb", "postgres", "sqlite", "bigquery"])
@pytest.mark.parametrize(
    "text",
    [
        MODEL,
        "select u.user_id, p.anything from {{ ref('users') }} u join {{ ref('other') }} p on p.x = u.user_id",
        "select user_id, {{ dbt_utils.star(ref('orders')) }} from {{ ref('orders') }}",
        "select a.b from (select {{ cols }} from users) a",
        "with c as (select {{ cols }} from users) select anything from c",
        "select j.whatever from users {{ join }} where j.x = 1",
        "{% macro cents(x) %} ({{ x }} / 100)::int {% endmacro %}\nselect {{ cents('total') }} from orders",
        "select {{ f }}(total, 1) from orders",
        "insert into users ({{ cols }}) select {{ cols }} from {{ this }}",
        "select user_id from users where {{ condition }} group by {{ keys }}",
        "{% set q %} select nothing from nowhere {% endset %}\nselect email from users",
    ],
)
def test_what_a_template_writes_is_no_error(text: str, dialect: str) -> None:
    assert found_in(text, dialect) == []


def test_what_is_misspelt_beside_templates_is_found() -> None:
    text = MODEL.replace("select * from {{ ref('users') }}", "select emial from {{ ref('users') }}")
    assert [(one.code, text[one.span.start : one.span.end]) for one in found_in(text)] == [("UnknownColumn", "emial")]
