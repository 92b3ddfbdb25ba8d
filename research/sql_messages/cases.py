"""The broken statements, and the tables that they are about."""

from __future__ import annotations

TABLES = {
    "customers": "customer_id INTEGER, name VARCHAR(50), email VARCHAR(50), country VARCHAR(50), created_at DATE",
    "products": "product_id INTEGER, name VARCHAR(50), category VARCHAR(50), price NUMERIC(10, 2)",
    "orders": "order_id INTEGER, customer_id INTEGER, order_date DATE, status VARCHAR(50), total NUMERIC(10, 2)",
    "order_items": "item_id INTEGER, order_id INTEGER, product_id INTEGER, quantity INTEGER, price NUMERIC(10, 2)",
    "accounts": 'account_id INTEGER, "userId" INTEGER',
}

STATEMENTS = {
    "column": "SELECT customer_id, emial FROM customers",
    "column_of_alias": "SELECT c.naem FROM customers AS c",
    "table": "SELECT * FROM custmers",
    "schema": "SELECT * FROM salse.customers",
    "alias": "SELECT cu.name FROM customers AS c",
    "alias_unused": "SELECT customers.name FROM customers AS c",
    "function": "SELECT uper(name) FROM customers",
    "ambiguous": "SELECT customer_id FROM customers JOIN orders ON customers.customer_id = orders.customer_id",
    "group_by": "SELECT country, name, count(*) FROM customers GROUP BY country",
    "no_group_by": "SELECT country, count(*) FROM customers",
    "aggregate_in_where": "SELECT country FROM customers WHERE count(*) > 1 GROUP BY country",
    "window_in_where": "SELECT * FROM orders WHERE row_number() OVER (ORDER BY total) = 1",
    "arguments": "SELECT substr(name, 1, 2, 3) FROM customers",
    "unterminated": "SELECT * FROM customers WHERE name = 'Ann",
    "keyword": "SELCT name FROM customers",
    "from": "SELECT name FORM customers",
    "comma": "SELECT name,, email FROM customers",
    "end": "SELECT name FROM customers WHERE",
    "bracket": "SELECT count(* FROM customers",
    "reserved": "SELECT order FROM orders",
    "correlated": (
        "SELECT name FROM customers AS c WHERE EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = c.custmer_id)"
    ),
    "other_table": "SELECT o.email FROM orders AS o JOIN customers AS c ON c.customer_id = o.customer_id",
    "types": "SELECT * FROM orders WHERE order_date + status = 2",
    "comparison": "SELECT * FROM customers WHERE customer_id = name",
    "sum_text": "SELECT sum(name) FROM customers",
    "union": "SELECT name, email FROM customers UNION SELECT name FROM products",
    "insert_values": "INSERT INTO products (product_id, name) VALUES (1, 'a', 2)",
    "insert_column": "INSERT INTO products (product_id, nmae) VALUES (1, 'a')",
    "update_column": "UPDATE products SET prise = 1",
    "clause_alias": "SELECT price * 2 AS twice FROM products WHERE twice > 3",
    "folded": "SELECT userId FROM accounts",
    "double_quotes": 'SELECT * FROM customers WHERE name = "Ann"',
    "lines": "SELECT\n    c.name,\n    c.contry\nFROM customers AS c\nWHERE c.email IS NOT NULL",
    "order_by": "SELECT name FROM customers ORDER BY contry",
    "using": "SELECT * FROM customers JOIN orders USING (custmer_id)",
    "type": "SELECT CAST(total AS integr) FROM orders",
}
