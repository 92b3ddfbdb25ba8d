"""Replace a misspelled keyword: `SELCT a` becomes `SELECT a`, and `a FORM t` becomes `a FROM t`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate

_KEYWORDS = """
    select from where group order by having limit join left right inner outer on and or not in between like is null as
    distinct union all case when then else end exists insert into values update set delete create table primary key
    foreign references offset over partition with recursive asc desc using cross full natural except intersect view
    index drop alter add column default unique check constraint cast returning begin commit rollback replace ilike
    temporary if row rows trigger explain interval
"""
_WORDS = tuple(_KEYWORDS.split())
_BEHIND = {
    "by": ("group", "order", "partition"),
    "into": ("insert",),
    "set": (),
    "as": (),
    "key": ("primary", "foreign"),
}
"""The words that stand before some short keywords, which are near to many names."""
_BACK = 14
_MOST = 12


@fixer(
    handles="syntax",
    examples=[
        Example("SELCT a FROM t;\n", "SELECT a FROM t;\n"),
        Example("select a form t;\n", "select a from t;\n"),
        Example("SELECT a FROM t WHER b = 1;\n", "SELECT a FROM t WHERE b = 1;\n"),
        Example("SELECT a FROM t GROUP BT a;\n", "SELECT a FROM t GROUP BY a;\n"),
        Example("SELECT a FROM t ODER BY a;\n", "SELECT a FROM t ORDER BY a;\n"),
        Example("SELECT a FROM t JION u ON t.id = u.id;\n", "SELECT a FROM t JOIN u ON t.id = u.id;\n"),
        Example("SELECT a FROM t WHERE b BETWEN 1 AND 2;\n", "SELECT a FROM t WHERE b BETWEEN 1 AND 2;\n"),
    ],
    leaves=["SELECT a FROM t WHERE total 3;\n"],
    certain=True,
)
def respell_keyword(context: Context) -> Iterator[Candidate]:
    """Yield the keywords near to a name at the problem or before it, where the parser comes further with them: those
    that make the statement well formed first, then the nearest."""
    code = statement_of(context)
    if code is None:
        return
    found = []
    for index in range(max(0, code.at - _BACK), min(len(code.tokens), code.at + 2)):
        token = code.tokens[index]
        if not token.text.isidentifier() or code.word(index - 1) == "." or code.word(index + 1) == ".":
            continue
        for distance, word in near_keywords(token.text.lower()):
            if not _fits(code, index, word):
                continue
            edits = (code.replace(index, index + 1, _cased(code, token.text, word)),)
            left = code.fault_after(edits)
            if left is None or code.improves(edits):
                known = code.is_known(token.text) or token.kind == "keyword"
                found.append((left is not None, known, distance, abs(index - code.at), word, edits))
    for *_, edits in sorted(found)[:_MOST]:
        yield Candidate(edits, "")


@lru_cache(maxsize=4096)
def near_keywords(word: str) -> tuple[tuple[int, str], ...]:
    """Return the keywords that are a typing error or two away from a word in lower case, with the distance; of equally
    near ones those with its first letter, which is hardly ever mistyped."""
    most = 1 if len(word) < 6 else 2
    near = sorted(
        (distance, known)
        for known in _WORDS
        if known != word
        and (distance := OSA.distance(word, known, score_cutoff=most)) <= most
        and distance < min(len(known), len(word))
    )
    with_initial = {distance for distance, known in near if known[0] == word[0]}
    return tuple(pair for pair in near if pair[1][0] == word[0] or pair[0] not in with_initial)


def _fits(code: Statement, index: int, word: str) -> bool:
    before = _BEHIND.get(word)
    return not before or code.word(index - 1) in before


def _cased(code: Statement, text: str, word: str) -> str:
    if text.isupper():
        return word.upper()
    if text.islower():
        return word
    return word.capitalize() if text.istitle() else code.cased(word)
