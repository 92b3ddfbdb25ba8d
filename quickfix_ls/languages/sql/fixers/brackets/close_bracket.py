"""Insert a closing bracket that is missing, where the call, list or sub-select most likely ends."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import CLAUSES, Statement, statement_of
from quickfix_ls.values import Candidate, Edit

_ENDS = CLAUSES | {"and", "or", "as", ",", "then", "else", "end", "join", "inner", "left", "on", "desc", "asc", ")"}
_ENDS |= {"=", "<", ">", "<>", "!=", "<=", ">=", "/", "*", "+", "-", "when", "between", "in", "is", "||", "::"}
_MOST = 5


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT COUNT(a FROM t;\n", "SELECT COUNT(a) FROM t;\n"),
        Example("SELECT a FROM t WHERE b IN (1, 2 AND c = 3;\n", "SELECT a FROM t WHERE b IN (1, 2) AND c = 3;\n"),
        Example(
            "SELECT a FROM t WHERE b IN (SELECT c FROM u WHERE d = (SELECT MAX(d) FROM u;\n",
            "SELECT a FROM t WHERE b IN (SELECT c FROM u WHERE d = (SELECT MAX(d) FROM u));\n",
        ),
        Example("INSERT INTO t VALUES (1, 2), (3, 4;\n", "INSERT INTO t VALUES (1, 2), (3, 4);\n"),
    ],
    leaves=["SELECT a FROM t WHERE b IN (1, 2));\n"],
    certain=True,
)
def close_bracket(context: Context) -> Iterator[Candidate]:
    """Yield the places where the statement is well formed with the missing brackets: of a sub-select first its end, of
    a call or list the first place; places that leave no error of names before others."""
    code = statement_of(context)
    if code is None or not code.unclosed:
        return
    count = len(code.unclosed)
    opener = code.unclosed[-1]
    is_query = code.word(opener + 1) in ("select", "with")
    places = [at for at in range(opener + 2, len(code.tokens)) if code.word(at) in _ENDS] + [len(code.tokens)]
    if is_query:
        places.reverse()
    found = []
    for order, at in enumerate(places):
        edits = _closed(code, at, count)
        if code.takes(edits):
            found.append((code.errors_after(edits) > 0, order, edits))
    for *_, edits in sorted(found)[:_MOST]:
        yield Candidate(tuple(edits), "")
    if not found and count > 1:
        yield from _one_by_one(code)


def _closed(code: Statement, at: int, count: int) -> list[Edit]:
    end = code.tokens[at - 1].end
    return [code.context.edit(end, end, ")" * count)]


def _one_by_one(code: Statement) -> Iterator[Candidate]:
    """Yield the first place for each bracket, the innermost first, if all together are well formed."""
    edits: list[Edit] = []
    for opener in reversed(code.unclosed):
        for at in range(opener + 2, len(code.tokens) + 1):
            if at == len(code.tokens) or code.word(at) in _ENDS:
                edit = _closed(code, at, 1)[0]
                left = code.fault_after([*edits, edit])
                if edit not in edits and (
                    left is None or left.span.start > code.tokens[min(at, len(code.tokens) - 1)].start
                ):
                    edits.append(edit)
                    break
    if edits and code.takes(edits):
        yield Candidate(tuple(edits), "")
