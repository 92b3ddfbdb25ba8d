"""Join the words of a name that is written with underscores or in one word: `first name` becomes `first_name`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.languages.sql.names.quoting import written
from quickfix_ls.values import Candidate

_TABLE = "CREATE TABLE people (first_name TEXT, lastName TEXT);\n"
_MOST_WORDS = 5
_BACK = 6


@fixer(
    handles="syntax",
    examples=[
        Example(
            _TABLE + "SELECT first name FROM people WHERE first name = 'Ada';\n",
            _TABLE + "SELECT first_name FROM people WHERE first_name = 'Ada';\n",
        ),
        Example(
            _TABLE + "SELECT p.last name FROM people AS p WHERE p.last name = 'B';\n",
            _TABLE + "SELECT p.lastName FROM people AS p WHERE p.lastName = 'B';\n",
        ),
    ],
    leaves=[_TABLE + "SELECT first thing FROM people WHERE first thing = 'Ada';\n"],
    certain=True,
)
def join_words(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all places of such a name, if one of them is near the problem."""
    code = statement_of(context)
    if code is None:
        return
    known = {_letters(name): name for name in _names(code) if name.isidentifier()}
    for count in range(_MOST_WORDS, 1, -1):
        for at in range(max(0, code.at - _BACK), min(len(code.tokens) - count, code.at + 1) + 1):
            name = known.get(_letters("".join(code.words(at, count))))
            if name is None or not all(token.text.isidentifier() for token in code.tokens[at : at + count]):
                continue
            new = written(name, code.dialect)
            places = [i for i in range(len(code.tokens)) if code.words(i, count) == code.words(at, count)]
            yield Candidate(tuple(code.replace(i, i + count, new) for i in places), "")
            return


def _names(code: Statement) -> Iterator[str]:
    for table in code.schema.tables:
        yield table.name
        yield from (column.name for column in table.columns)


def _letters(name: str) -> str:
    return name.replace("_", "").lower()
