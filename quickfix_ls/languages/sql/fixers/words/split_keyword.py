"""Put a space into words that were written together: `ORDERBY`, `INNERJOIN`, `SELECTa`, `LIMIT10`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.languages.sql.lexer import WORDS
from quickfix_ls.values import Candidate

_PREFIXES = (
    *("select", "from", "where", "and", "or", "limit", "by", "join", "on", "not", "in", "as", "distinct", "having"),
    *(
        "order",
        "group",
        "between",
        "like",
        "when",
        "then",
        "else",
        "offset",
        "values",
        "update",
        "set",
        "into",
        "union",
    ),
)
_PAIRS = {
    "orderby": "order by", "groupby": "group by", "innerjoin": "inner join", "leftjoin": "left join",
    "isnull": "is null", "rightjoin": "right join", "crossjoin": "cross join", "fulljoin": "full join",
    "notin": "not in",
    "outerjoin": "outer join", "insertinto": "insert into", "deletefrom": "delete from", "isnot": "is not",
    "notnull": "not null", "notlike": "not like", "primarykey": "primary key", "foreignkey": "foreign key",
    "createtable": "create table", "unionall": "union all", "partitionby": "partition by", "leftouter": "left outer",
    "ifnotexists": "if not exists", "selectdistinct": "select distinct", "notexists": "not exists",
}  # fmt: skip
_BACK = 8


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT a FROM t ORDERBY a;\n", "SELECT a FROM t ORDER BY a;\n"),
        Example("SELECTa FROM t;\n", "SELECT a FROM t;\n"),
        Example("SELECT a FROM t INNERJOIN u ON t.id = u.id;\n", "SELECT a FROM t INNER JOIN u ON t.id = u.id;\n"),
        Example("SELECT a FROM t ORDER BY a LIMIT10;\n", "SELECT a FROM t ORDER BY a LIMIT 10;\n"),
    ],
    leaves=["SELECT a FROM t WHERE total 3;\n"],
    certain=True,
)
def split_keyword(context: Context) -> Iterator[Candidate]:
    """Yield the ways to split a word at the problem or before it, where the parser comes further with them; those that
    make the statement well formed first."""
    code = statement_of(context)
    if code is None:
        return
    found = []
    for index in range(max(0, code.at - _BACK), min(len(code.tokens), code.at + 2)):
        for number, text in enumerate(_splits(code, index)):
            edits = (code.replace(index, index + 1, text),)
            left = code.fault_after(edits)
            if left is None or code.improves(edits):
                found.append((left is not None, number, abs(index - code.at), edits))
    for *_, edits in sorted(found):
        yield Candidate(edits, "")


def _splits(code: Statement, index: int) -> Iterator[str]:
    token = code.tokens[index]
    lowered = token.text.lower()
    if token.kind != "name" or not token.text.isidentifier() or lowered in code.declared:
        return
    if lowered in _PAIRS:
        place = _PAIRS[lowered].index(" ")
        yield (
            f"{token.text[:place]} {token.text[place:]}"
            if _PAIRS[lowered].count(" ") == 1
            else (_PAIRS[lowered].upper() if token.text.isupper() else _PAIRS[lowered])
        )
    for prefix in _PREFIXES:
        rest = token.text[len(prefix) :]
        if lowered.startswith(prefix) and rest and (rest.isdigit() or rest.isidentifier()):
            yield f"{token.text[: len(prefix)]} {rest}"
    for suffix in _PREFIXES:
        rest = token.text[: -len(suffix)]
        if lowered.endswith(suffix) and rest and (code.is_known(rest) or rest.lower() in WORDS):
            yield f"{rest} {token.text[-len(suffix) :]}"
