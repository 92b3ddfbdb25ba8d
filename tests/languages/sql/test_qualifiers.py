"""A qualifier is written as the query writes its table or alias: names without quotes may be folded."""

from __future__ import annotations

import pytest

from quickfix_ls import languages
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.schema.tables import Column, Schema, Table
from quickfix_ls.values import apply_edits

SQL = languages.of("sql")
SCHEMA = Schema(
    (
        Table("orders", (Column("id"), Column("customer_id"), Column("total"))),
        Table("customers", (Column("id"), Column("email"))),
    )
)


@pytest.mark.parametrize(
    ("broken", "fixed"),
    [
        ("SELECT TT1.total FROM orders AS T1;\n", "SELECT T1.total FROM orders AS T1;\n"),
        ('SELECT TT1.total FROM orders AS "T1";\n', 'SELECT "T1".total FROM orders AS "T1";\n'),
        (
            "SELECT C.total FROM customers AS C JOIN orders AS O ON C.id = O.customer_id;\n",
            "SELECT O.total FROM customers AS C JOIN orders AS O ON C.id = O.customer_id;\n",
        ),
        (
            "SELECT id FROM Customers JOIN Orders ON Customers.id = Orders.customer_id;\n",
            "SELECT Customers.id FROM Customers JOIN Orders ON Customers.id = Orders.customer_id;\n",
        ),
        (
            "SELECT B.totla FROM (SELECT total FROM orders) AS Big;\n",
            "SELECT Big.total FROM (SELECT total FROM orders) AS Big;\n",
        ),
    ],
)
async def test_a_qualifier_has_the_quotes_of_its_query(broken: str, fixed: str) -> None:
    index = SQL.index(Snapshot.of(broken), SqlEnvironment("postgres", SCHEMA))
    (problem, *_) = find_all(index)
    offers = await Pipeline.load(SQL).final_offers(index, problem, Budget(5.0, 8))
    assert fixed in [apply_edits(broken, offer.candidate.edits) for offer in offers]


async def test_a_misspelled_table_is_mended_where_its_columns_have_its_right_name() -> None:
    broken = 'SELECT orders.total FROM oders WHERE orders.id = "x";\n'
    index = SQL.index(Snapshot.of(broken), SqlEnvironment("sqlite", SCHEMA))
    (problem, *_) = find_all(index)
    (offer, *_) = await Pipeline.load(SQL).final_offers(index, problem, Budget(5.0, 3))
    assert apply_edits(broken, offer.candidate.edits) == 'SELECT orders.total FROM orders WHERE orders.id = "x";\n'
