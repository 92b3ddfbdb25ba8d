"""Which strings of a Python file are queries, and what belongs to them."""

from __future__ import annotations

import pytest

from quickfix_ls.languages.python.embedded.queries import queries_in


def texts(source: str) -> list[str]:
    """Return the queries of a source text, their holes in angle brackets."""
    return [
        "".join(f"<{one.text}>" if one.is_hole else one.text for one in fragment.segments)
        for fragment in queries_in(source)
    ]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('cur.execute("SELECT a FROM t")', "SELECT a FROM t"),
        ('cur.executemany("INSERT INTO t VALUES (?)", rows)', "INSERT INTO t VALUES (?)"),
        ('con.executescript("""\nCREATE TABLE t (a INT);\n""")', "\nCREATE TABLE t (a INT);\n"),
        ('pd.read_sql("SELECT a FROM t", con)', "SELECT a FROM t"),
        ('pd.read_sql_query(sql="SELECT a FROM t", con=con)', "SELECT a FROM t"),
        ('spark.sql("SELECT a FROM t").show()', "SELECT a FROM t"),
        ('duckdb.query("SELECT a FROM t")', "SELECT a FROM t"),
        ('session.execute(text("SELECT a FROM t WHERE b = :b"), {"b": 1})', "SELECT a FROM t WHERE b = :b"),
        ('rows = await conn.fetch("SELECT a FROM t WHERE b = $1", 1)', "SELECT a FROM t WHERE b = $1"),
        ('Entry.objects.raw("SELECT a FROM t")', "SELECT a FROM t"),
        ('cur.execute(\n    # all of them\n    "SELECT a "\n    "FROM t",\n)', "SELECT a FROM t"),
        ('cur.execute(textwrap.dedent("""\n    SELECT a\n    FROM t\n"""))', "\n    SELECT a\n    FROM t\n"),
        ('cur.execute("WITH x AS (SELECT 1) SELECT * FROM x")', "WITH x AS (SELECT 1) SELECT * FROM x"),
        # The first word is misspelt, but the function takes nothing but queries.
        ('cur.execute("SELCT a FROM t")', "SELCT a FROM t"),
        ('Q = "SELECT a FROM t"\ncur.execute(Q)', "SELECT a FROM t"),
        ('class A:\n    q: str = "SELECT a FROM t"\n    def f(self):\n        cur.execute(self.q)', "SELECT a FROM t"),
        ('Q = (\n    "SELECT a "\n    "FROM t"\n)\ncur.execute(Q, (1,))', "SELECT a FROM t"),
        ('# language=sql\nq = "SELECT a FROM t"', "SELECT a FROM t"),
        ('q = """--sql\nSELECT a FROM t"""', "--sql\nSELECT a FROM t"),
        ('cur.execute(f"SELECT a FROM {t} WHERE b = {b!r}")', "SELECT a FROM <{t}> WHERE b = <{b!r}>"),
        ('cur.execute("SELECT a FROM {} WHERE b = {b}".format(t, b=1))', "SELECT a FROM <{}> WHERE b = <{b}>"),
        ('cur.execute("SELECT a FROM t WHERE b = %s OR %(c)s", x)', "SELECT a FROM t WHERE b = <%s> OR <%(c)s>"),
        ('cur.execute("SELECT a FROM %s" % t)', "SELECT a FROM <%s>"),
        ('cur.execute("SELECT a FROM " + t + " WHERE b = 1")', "SELECT a FROM <t> WHERE b = 1"),
        ('cur.execute("SELECT a FROM t " + more(b, [1]))', "SELECT a FROM t <more(b, [1])>"),
        ('run(task_id="a", sql="SELECT a FROM t WHERE b = {{ ds }}")', "SELECT a FROM t WHERE b = <{{ ds }}>"),
        ('q = sql.SQL("SELECT {} FROM t").format(sql.Identifier(c))', "SELECT <{}> FROM t"),
        # Code that is broken elsewhere.
        ('def f(:\n  cur.execute("SELECT a FROM t")\nx = (', "SELECT a FROM t"),
        ('# 🛒 "\ncur.execute("SELECT a FROM t")', "SELECT a FROM t"),
        ('x = f"{a["b"]}"\ncur.execute("SELECT a FROM t")', "SELECT a FROM t"),
    ],
)  # fmt: skip
def test_a_query_is_found(source: str, found: str) -> None:
    assert texts(source) == [found]


@pytest.mark.parametrize(
    "source",
    [
        'print("select one from the list")',
        'label = "Select a file from the list"',
        'parts.append(sql.SQL("WITH HOLD"))',
        'self.query(items, prefix="WITH ", sep=" ")',
        'session.query("Update the record")',
        'raise ValueError("update the table set before")',
        'pool.execute("task one")',
        "cur.execute(query)",
        'text("Select")',
        'soup.select("a from b")',
        '"""Select a row from a table: `execute`."""',
        'cur.execute(b"SELECT a FROM t")',
        'cur.execute("SELECT a FROM t',
        'cur.execute("SELECT \\101 FROM t")',
        '# cur.execute("SELECT a FROM t")',
        'Q = "SELECT a FROM t"\nprint(Q)',
    ],
)
def test_no_query_is_found(source: str) -> None:
    assert texts(source) == []


def test_queries_come_in_the_order_of_the_text_each_once() -> None:
    source = 'A = "SELECT a FROM t"\nexecute(A)\nexecute(A)\nexecute("DELETE FROM t")\n'
    assert texts(source) == ["SELECT a FROM t", "DELETE FROM t"]


@pytest.mark.parametrize(
    ("source", "flavor"),
    [
        ('import sqlite3\ncon.execute("SELECT 1 FROM t")', "sqlite"),
        ('import psycopg\ncon.execute("SELECT 1 FROM t")', "postgres"),
        ('import sqlite3\nimport duckdb\ncon.execute("SELECT 1 FROM t")', ""),
        ('import sqlite3\nimport duckdb\nduckdb.sql("SELECT 1 FROM t")', "duckdb"),
        ('spark.sql("SELECT 1 FROM t")', "spark"),
        ('con.execute("SELECT 1 FROM t")', ""),
    ],
)
def test_the_driver_tells_the_dialect(source: str, flavor: str) -> None:
    assert [fragment.flavor for fragment in queries_in(source)] == [flavor]
