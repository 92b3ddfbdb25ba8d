"""The record of Python's parts."""

from __future__ import annotations

from quickfix_ls.candidates.fixers import Fixers
from quickfix_ls.context.regions import Regions
from quickfix_ls.index.syntax import FactsPart
from quickfix_ls.languages.embedding import Embedding
from quickfix_ls.languages.language import Language
from quickfix_ls.languages.python.checkers import CHECKERS
from quickfix_ls.languages.python.content import CONTENT
from quickfix_ls.languages.python.embedded.cells import masked
from quickfix_ls.languages.python.embedded.fragments import fragments
from quickfix_ls.languages.python.environment import environment_for, prepare
from quickfix_ls.languages.python.facts import NameSummary, facts
from quickfix_ls.languages.python.files import FILES
from quickfix_ls.languages.python.findings import findings
from quickfix_ls.languages.python.lexis import LEXIS
from quickfix_ls.languages.python.measures import MEASURES
from quickfix_ls.languages.python.members.suspicions import suspicions
from quickfix_ls.languages.python.reading import problem_of
from quickfix_ls.languages.python.regions import joins, share_cause
from quickfix_ls.languages.python.search_vocabulary import VOCABULARY
from quickfix_ls.languages.python.statements import statements
from quickfix_ls.languages.python.syntax import SYNTAX
from quickfix_ls.languages.python.token_words import TOKENIZER
from quickfix_ls.languages.python.types.type_evidence import TYPES
from quickfix_ls.problems.problem_finder import ProblemFinder
from quickfix_ls.prompts import Naming
from quickfix_ls.validation import Checks

_SAMPLE = "import os\n\n\ndef f(x:\n    return lenght + len(x)\n\n\nprint(x)\n"

LANGUAGE = Language(
    name="python",
    files=FILES,
    lexis=LEXIS,
    syntax=SYNTAX,
    facts=FactsPart(facts, NameSummary()),
    tokenizer=TOKENIZER,
    problem_finder=ProblemFinder(findings, suspicions, problem_of),
    checkers=CHECKERS,
    regions=Regions(joins, share_cause, statements),
    fixers=Fixers("quickfix_ls.languages.python.fixers"),
    vocabulary=VOCABULARY,
    checks=Checks("quickfix_ls.languages.python.checks"),
    measures=MEASURES,
    naming=Naming("Python"),
    environment=environment_for,
    prepare=prepare,
    types=TYPES,
    content=CONTENT,
    embedding=Embedding(fragments, masked, lambda segments, environment: segments),
    sample=_SAMPLE,
)
