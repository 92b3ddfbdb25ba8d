"""The PostgreSQL server that tests use: its databases are separate, and it needs no network."""

from __future__ import annotations

import psycopg

from tests.postgres_server import PostgresServer


def test_databases_of_the_server_are_separate(postgres: PostgresServer) -> None:
    names = [postgres.new_database(f"CREATE TABLE t{n} (id integer)") for n in range(2)]
    for number, name in enumerate(names):
        with psycopg.connect(dbname=name, user="postgres", host=postgres.folder) as connection:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            assert found == [(f"t{number}",)]
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
