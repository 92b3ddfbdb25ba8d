"""Find customers of the shop."""

import sqlite3


def customers_in(database, city):
    with sqlite3.connect(database) as connection:
        return connection.execute(
            "SELECT name, emial FROM customers WHERE city = ? ORDER BY name", (city,)
        ).fetchall()


print(customers_in("shop.db", "Delft"))
