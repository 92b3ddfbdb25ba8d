"""What a prompt may say about a problem: the unit whole, and the rest by relevance under a budget."""

from __future__ import annotations

from quickfix_ls import languages
from quickfix_ls.context.material import material_of
from quickfix_ls.context.relevant_tables import relevant_tables
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.problems import find_all
from quickfix_ls.prompts import AcceptedFix, Material, Need
from quickfix_ls.schema.json_file import schema_from
from quickfix_ls.schema.tables import NO_SCHEMA, Schema
from tests.kit_python import python_index

TEXT = """\
import os


def scale(value, factor=1):
    return value * factor


def unrelated():
    return 1


class Room:
    def area(self, width, height):
        print(os.sep)
        return scale((width * height
"""


def material(text: str, *needs: Need, tables: Schema = NO_SCHEMA, examples: tuple[AcceptedFix, ...] = ()) -> Material:
    index = python_index(Snapshot.of(text))
    problem = find_all(index)[0]
    region = index.region(index.unit_at(problem.span.start))
    found = material_of(index, region, problem, needs, tables, examples)
    assert found is not None
    return found


def test_the_lines_have_the_files_numbers() -> None:
    found = material(TEXT)
    assert found.error == "SyntaxError: '(' was never closed"
    assert found.numbered == (
        "13|    def area(self, width, height):\n14|        print(os.sep)\n15|        return scale((width * height"
    )
    assert found.line == 15
    assert (found.neighbours, found.schema, found.examples) == ((), "", ())


def test_a_line_in_the_message_has_the_files_number_too() -> None:
    found = material("x = 1\n\n\ndef f():\n    y = [1,\n         2)\n")
    assert found.error == "SyntaxError: closing parenthesis ')' does not match opening parenthesis '[' on line 5"


def test_neighbours_are_the_definitions_of_what_the_lines_name_the_nearest_first() -> None:
    found = material(TEXT, "neighbours")
    assert found.neighbours == ("def scale(value, factor=1):\n    return value * factor", "import os")


def test_what_an_undefined_name_may_mean_is_a_neighbour() -> None:
    found = material("def compute(x):\n    return x\n\n\nprint(computte(1))\n", "neighbours")
    assert found.neighbours == ("def compute(x):\n    return x",)


def test_a_long_neighbour_is_cut_and_too_many_are_left_out() -> None:
    long = "def long(a):\n" + "    a += 1\n" * 50
    many = "".join(f"def name_{i}():\n    return '{'x' * 200}'\n\n\n" for i in range(40))
    calls = ", ".join(f"name_{i}()" for i in range(40))
    found = material(f"{long}\n\n{many}print(long(1), {calls}\n", "neighbours")
    text = "\n".join(found.neighbours)
    assert "    a += 1\n    ..." in text
    assert len(text) < 3 * 620
    assert 1 < len(found.neighbours) < 41


TABLES = schema_from(
    {
        "rooms": {"id": "INTEGER", "area": "REAL"},
        "people": {"id": "INTEGER", "name": "TEXT"},
        "logs": {"at": "TEXT"},
        "sales.customers": {"id": "INTEGER"},
    },
    "",
)


def test_tables_that_are_named_come_before_those_whose_columns_are() -> None:
    assert list(relevant_tables(TABLES, "SELECT id, area, name FROM rooms")) == [
        "rooms(id INTEGER, area REAL)",
        "people(id INTEGER, name TEXT)",
    ]


def test_the_schema_is_that_of_the_failing_lines() -> None:
    found = material("run('SELECT area FROM rooms'\n", "schema", tables=TABLES)
    assert found.schema == "rooms(id INTEGER, area REAL)"
    assert material("run('SELECT 1'\n", "schema", tables=TABLES).schema == ""


def test_a_query_is_told_of_its_own_database() -> None:
    text = "CREATE TABLE houses (id INTEGER);\nSELECT FROM FROM room JOIN houses;\n"
    index = languages.of("sql").index(Snapshot.of(text), SqlEnvironment("sqlite", TABLES))
    problem = find_all(index)[0]
    found = material_of(index, index.region(1), problem, ("schema",), schema_from({"room": {"x": "TEXT"}}, ""))
    assert found is not None
    assert found.schema == "houses(id INT)\nrooms(id INTEGER, area REAL)"


def test_a_table_that_is_nearly_named_is_told_too() -> None:
    assert list(relevant_tables(TABLES, "SELECT id FROM costumers, rooms")) == [
        "rooms(id INTEGER, area REAL)",
        "sales.customers(id INTEGER)",
    ]


def test_the_nearest_examples_are_chosen() -> None:
    colons = [AcceptedFix("SyntaxError: expected ':'", f"if a_{i}", f"if a_{i}:") for i in range(5)]
    bracket = AcceptedFix("SyntaxError: '(' was never closed", "return scale((w * h", "return scale((w * h))")
    examples = (*colons, bracket)
    found = material(TEXT, "examples", examples=examples)
    assert len(found.examples) == 3
    assert found.examples[0].after == "return scale((w * h))"
