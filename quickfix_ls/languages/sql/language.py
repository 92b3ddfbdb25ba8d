"""The record of SQL's parts."""

from __future__ import annotations

from quickfix_ls.candidates.fixers import Fixers
from quickfix_ls.context.regions import Regions
from quickfix_ls.index.syntax import FactsPart
from quickfix_ls.languages.embedding import Embedding
from quickfix_ls.languages.language import Language
from quickfix_ls.languages.sql.checkers import CHECKERS
from quickfix_ls.languages.sql.content import CONTENT
from quickfix_ls.languages.sql.database import DATABASE
from quickfix_ls.languages.sql.embedded.holes import filled
from quickfix_ls.languages.sql.embedded.jinja import masked
from quickfix_ls.languages.sql.environment import environment_for, in_dialect
from quickfix_ls.languages.sql.explained import JUDGES
from quickfix_ls.languages.sql.facts import FileTables, facts
from quickfix_ls.languages.sql.files import FILES
from quickfix_ls.languages.sql.findings import findings
from quickfix_ls.languages.sql.lexis import LEXIS
from quickfix_ls.languages.sql.measures import MEASURES
from quickfix_ls.languages.sql.reading import problem_of
from quickfix_ls.languages.sql.search_vocabulary import VOCABULARY
from quickfix_ls.languages.sql.syntax import SYNTAX
from quickfix_ls.languages.sql.token_words import TOKENIZER
from quickfix_ls.problems.problem_finder import ProblemFinder
from quickfix_ls.prompts import Naming
from quickfix_ls.validation import Checks

_SAMPLE = """\
CREATE TABLE rooms (room_id INTEGER, price REAL);
SELECT pric FROM rooms WHERE (room_id = 1;
SELECT pric FROM rooms;
"""

LANGUAGE = Language(
    name="sql",
    files=FILES,
    lexis=LEXIS,
    syntax=SYNTAX,
    facts=FactsPart(facts, FileTables()),
    tokenizer=TOKENIZER,
    problem_finder=ProblemFinder(findings, lambda *places: (), problem_of),
    checkers=CHECKERS,
    regions=Regions(lambda index, problem: False, lambda index, unit, other: False, lambda region: ()),
    fixers=Fixers("quickfix_ls.languages.sql.fixers"),
    vocabulary=VOCABULARY,
    checks=Checks("quickfix_ls.languages.sql.checks"),
    measures=MEASURES,
    naming=Naming("SQL"),
    environment=environment_for,
    environment_varies=True,
    content=CONTENT,
    database=DATABASE,
    judges=JUDGES,
    embedding=Embedding(masked=masked, filled=filled, flavored=in_dialect),
    sample=_SAMPLE,
)
