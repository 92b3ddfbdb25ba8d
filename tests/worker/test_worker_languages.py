"""What a worker loads for the documents that are open: a user of Python alone never loads what SQL needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.kit import REPOSITORY

SCRIPT = """
import sys, anyio
from quickfix_ls.values import Span
from quickfix_ls.worker.frames import Answer, Ask, AskFixAll, AskOffers, AskProblems, AskReasons, Configure, Open
from quickfix_ls.worker.service import serving

TEXT = {text!r}
QUESTIONS = (
    AskProblems("a"),
    AskOffers("a", Span(0, len(TEXT)), (), 2.0, 3),
    AskReasons("a", Span(0, 0), (), 2.0),
    AskFixAll("a", 5.0),
)

async def main():
    answers = {{}}
    def take(message):
        if isinstance(message, Answer):
            answers[message.id] = message.value
    async with serving(take) as service:
        service.receive(Configure("", ()))
        service.receive(Open("a", 1, TEXT))
        with anyio.fail_after(50):
            for number, question in enumerate(QUESTIONS):
                service.receive(Ask(number, question))
                while number not in answers:
                    await anyio.sleep(0.01)
    print(len(answers[0].problems), len(answers[1]))
    print(*sorted(name for name in sys.modules if name.partition(".")[0] == "sqlglot" or ".languages.sql." in name))

anyio.run(main)
"""


def loaded_by(text: str) -> tuple[str, set[str]]:
    """Return the numbers of problems found and answered about a document, and the modules of SQL that were loaded."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(text=text)], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    counts, _, names = done.stdout.partition("\n")
    return counts, set(names.split())


@pytest.mark.parametrize(
    "text",
    [
        "value = 1\nprint(valu)\n",
        "import sqlite3\n\n\ndef load(con, query):\n    return con.execute(query).fetchall(), quer\n",
        'names = ["select", "insert"]\nprint("Select one from the list", name)\n',
    ],
)
def test_python_without_queries_loads_nothing_of_sql(text: str) -> None:
    assert loaded_by(text) == ("1 1", {"quickfix_ls.languages.sql.files"})


def test_a_query_loads_it() -> None:
    counts, loaded = loaded_by('con = 1\ncon.execute("SELECT a FROM t WHERE (b = 1")\n')
    assert counts == "1 1"
    assert {"sqlglot", "quickfix_ls.languages.sql.language"} <= loaded
