"""Make the shop's SQLite database, `shop.db`, beside this file: python examples/shop/make_database.py"""

import sqlite3
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent

CUSTOMERS = [
    (1, "Ada", "ada@example.com", "Delft"),
    (2, "Grace", "grace@example.com", "Utrecht"),
    (3, "Guido", "guido@example.com", "Delft"),
]
PRODUCTS = [(1, "Bread", 2.40), (2, "Butter", 1.95), (3, "Jam", 3.10)]
ORDERS = [(1, 1, "2026-01-05"), (2, 2, "2026-01-07")]
ORDER_ITEMS = [(1, 1, 2), (1, 3, 1), (2, 2, 4)]


def make_database(path):
    """Write a new database to `path`, in place of the one that may be there."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript((HERE / "schema.sql").read_text(encoding="utf-8"))
        connection.executemany("INSERT INTO customers VALUES (?, ?, ?, ?)", CUSTOMERS)
        connection.executemany("INSERT INTO products VALUES (?, ?, ?)", PRODUCTS)
        connection.executemany("INSERT INTO orders VALUES (?, ?, ?)", ORDERS)
        connection.executemany("INSERT INTO order_items VALUES (?, ?, ?)", ORDER_ITEMS)


if __name__ == "__main__":
    make_database(HERE / "shop.db")
