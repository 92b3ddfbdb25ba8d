"""Queries in Python files, models of dbt and cells of scripts, with a client as editors are: what is reported, and the
bytes that a fix leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.kit import Buffer, RawClient
from tests.pool import Serve

SCHEMA = {
    "tables": {
        "users": {"columns": ["user_id", "email", "full_name"]},
        "orders": {"columns": ["order_id", "user_id", "total"]},
    }
}

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROGRAM = '''\
import psycopg

# 🛒 the shop
QUERY = """
SELECT full_nmae
FROM users
WHERE email = %(email)s
"""


def load(con: psycopg.Connection, table: str, user: int) -> object:
    con.execute(QUERY, {"email": "😀"})
    con.execute("SELECT emial FROM users " "WHERE user_id = %s", (user,))
    con.execute(f"SELECT o.totl FROM orders o JOIN {table} t ON t.x = o.user_id WHERE o.order_id = {user}")
    return con.execute('SELECT "user_id" FROM usrs')
'''
FIXES = {
    "full_nmae": "full_name",
    "emial": "email",
    "totl": "total",
    "usrs": "users",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a file that has the tables of its database."""
    create = "\n".join(
        f"CREATE TABLE {name} ({', '.join(f'{column} TEXT' for column in table['columns'])});"
        for name, table in SCHEMA["tables"].items()
    )
    (tmp_path / "schema.sql").write_text(create)
    return tmp_path


def opened(client: RawClient, folder: Path, name: str, text: str, language: str = "python") -> Buffer:
    (folder / name).write_bytes(text.encode())
    return Buffer(client, text, (folder / name).as_uri(), language=language)


async def reported(client: RawClient, page: Buffer) -> list[str]:
    """Return what the diagnostics mark, in UTF-16 as the client counts."""
    told = await client.notification("textDocument/publishDiagnostics", uri=page.uri)
    lines = page.text.splitlines(keepends=True)
    marked = []
    for diagnostic in told["diagnostics"]:
        start, end = diagnostic["range"]["start"], diagnostic["range"]["end"]
        line = lines[start["line"]].encode("utf-16-le")
        marked.append(line[2 * start["character"] : 2 * end["character"]].decode("utf-16-le"))
    return marked


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
async def test_a_misspelt_name_in_a_query_is_fixed_in_its_string(
    serve_raw: Serve[RawClient], project: Path, line_end: str
) -> None:
    text = PROGRAM.replace("\n", line_end)
    client = await serve_raw()
    page = opened(client, project, "app.py", text)
    assert await reported(client, page) == list(FIXES)
    for wrong, right in FIXES.items():
        actions = await page.actions(text.index(wrong))
        assert page.applied(actions[0]["edit"]) == text.replace(wrong, right)


async def test_an_edit_elsewhere_moves_the_query_and_one_in_it_changes_the_answer(
    serve_raw: Serve[RawClient], project: Path
) -> None:
    client = await serve_raw()
    page = opened(client, project, "app.py", PROGRAM)
    assert await reported(client, page) == list(FIXES)
    page.replace(0, 0, "# first\n")
    at = page.text.index("emial")
    page.replace(at, at + 5, "full_nam")
    actions = await page.actions(page.text.index("full_nam FROM"))
    assert page.applied(actions[0]["edit"]) == page.text.replace("full_nam FROM", "full_name FROM")
    actions = await page.actions(page.text.index("totl"))
    assert page.applied(actions[0]["edit"]) == page.text.replace("totl", "total")


async def test_python_s_own_problems_stay_beside_those_of_queries(serve_raw: Serve[RawClient], project: Path) -> None:
    text = 'import sqlite3\n\ncon = sqlite3.connect("a")\ncon.execute("SELECT emial FROM users"\n'
    client = await serve_raw()
    page = opened(client, project, "app.py", text)
    assert sorted(await reported(client, page)) == ["(", "emial"]
    titles = [action["title"] for action in await page.actions(text.index("emial"))]
    assert any("`email`" in title for title in titles)
    assert any("Close" in title or ")" in title for title in titles)


async def test_a_model_of_dbt_keeps_its_templates(serve_raw: Serve[RawClient], project: Path) -> None:
    text = (
        "{{ config(materialized='table') }}\r\n\r\n"
        "select\r\n    emial,\r\n    {% for m in ['a'] %}'{{ m }}' as {{ m }}{% endfor %}\r\n"
        "from {{ ref('users') }} -- 😀 {# the users #}\r\n"
        "{% if is_incremental() %}\r\nwhere user_id > (select max(user_id) from {{ this }})\r\n{% endif %}\r\n"
    )
    client = await serve_raw()
    page = opened(client, project, "model.sql", text, "jinja-sql")
    assert await reported(client, page) == ["emial"]
    actions = await page.actions(text.index("emial"))
    assert page.applied(actions[0]["edit"]) == text.replace("emial", "email")
    page.replace(0, 0, "{# a model #}\r\n")
    actions = await page.actions(page.text.index("emial"))
    assert page.applied(actions[0]["edit"]) == page.text.replace("emial", "email")
    at = page.text.index("emial")
    page.replace(at, at + 5, "email")
    assert await page.actions(at) == []


async def test_cells_of_sql_in_a_script_are_fixed(serve_raw: Serve[RawClient], project: Path) -> None:
    text = (
        "# Databricks notebook source\n# MAGIC %sql\n# MAGIC SELECT emial\n# MAGIC FROM users\n\n"
        "# COMMAND ----------\n\n# %%\n%%sql\nSELECT totl\nFROM orders\n# %%\nvalue = 1\nprint(valu)\n"
    )
    client = await serve_raw()
    page = opened(client, project, "notebook.py", text)
    assert await reported(client, page) == ["emial", "totl", "valu"]
    for wrong, right in (("emial", "email"), ("totl", "total")):
        actions = await page.actions(text.index(wrong))
        assert page.applied(actions[0]["edit"]) == text.replace(wrong, right)
    actions = await page.actions(text.index("valu)"))
    assert page.applied(actions[0]["edit"]) == text.replace("valu)", "value)")


async def test_a_comment_switches_a_line_off(serve_raw: Serve[RawClient], project: Path) -> None:
    text = 'import sqlite3\nsqlite3.connect("a").execute("SELECT emial FROM users")  # quickfix: off\n'
    client = await serve_raw()
    page = opened(client, project, "app.py", text)
    assert await page.actions(text.index("emial")) == []


async def test_a_fix_that_was_refused_is_not_offered_again(serve_raw: Serve[RawClient], project: Path) -> None:
    text = 'import sqlite3\nsqlite3.connect("a").execute("SELECT emial FROM users")\n'
    client = await serve_raw()
    page = opened(client, project, "app.py", text)
    first = (await page.actions(text.index("emial")))[0]
    arguments = [{"id": first["data"]["id"]}]
    await client.request("workspace/executeCommand", {"command": "quickfix-ls.never", "arguments": arguments})
    titles = [action["title"] for action in await page.actions(text.index("emial"))]
    assert first["title"] not in titles
    said = await client.request(
        "workspace/executeCommand",
        {
            "command": "quickfix-ls.whyNothing",
            "arguments": [{"uri": page.uri, "position": page.position(text.index("emial"))}],
        },
    )
    assert "no such column: emial" in json.dumps(said)
