import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from quickfix_ls.languages.toy.files import FILES

from quickfix_ls.candidates.fixers import Fixers
from quickfix_ls.candidates.search.vocabulary import Vocabulary
from quickfix_ls.checkers import Checkers
from quickfix_ls.context.regions import Regions
from quickfix_ls.index.index import Index
from quickfix_ls.index.syntax import FactsPart, Syntax, SyntaxFault, UnitStart
from quickfix_ls.languages.language import Language
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.plausibility.tokenizer import ModelTokenizer
from quickfix_ls.problems.kinds import NAME
from quickfix_ls.problems.problem_finder import ProblemFinder
from quickfix_ls.prompts import Naming
from quickfix_ls.ranking.features import Measures
from quickfix_ls.validation import Checks
from quickfix_ls.values import Problem, Span

HERE = "quickfix_ls.languages.toy"
TOKEN = re.compile(
    r"(?P<comment>;[^\n]*)|(?P<name>[a-z]+)|(?P<number>\d+)|(?P<newline>\n)|(?P<op>[-+*=()])|(?P<error>\S)"
)


def lexed(text: str, start: int = 0) -> Iterator[Token]:
    return (Token(m.lastgroup, m.group(), m.start(), m.end()) for m in TOKEN.finditer(text, start))


class Lines:
    open_string = False

    def __init__(self, text, start, stack, seams) -> None:
        ends = (found.end() for found in re.compile("\n").finditer(text, start))
        self.starts = [start, *(end for end in ends if end < len(text))]

    def __iter__(self) -> Iterator[UnitStart]:
        return (UnitStart(start, ()) for start in self.starts)


@dataclass(frozen=True)
class Facts:
    fault: SyntaxFault | None
    defines: frozenset[str]


@dataclass(frozen=True)
class Names:
    defined: Counter[str] = field(default_factory=Counter)

    def changed(self, removed, added):
        left = self.defined + Counter(name for facts in added for name in facts.defines)
        return Names(left - Counter(name for facts in removed for name in facts.defines))


def fault(text, prefix, suffix, environment) -> SyntaxFault | None:
    missing = text.count("(") - text.count(")")
    at = text.rfind("(") if missing > 0 else text.rfind(")")
    return SyntaxFault("the brackets don't match", "Brackets", Span(at, at + 1)) if missing else None


def facts(text, prefix, suffix, environment) -> Facts:
    return Facts(fault(text, prefix, suffix, environment), frozenset(re.findall(r"^([a-z]+) *=", text)))


def findings(index: Index, first: int, last: int | None) -> Iterator[Problem]:
    for unit in range(first, len(index.cuts) if last is None else last + 1):
        region = index.region(unit)
        for found in re.finditer(r"[a-z]+", region.text.partition(";")[0]):
            if found[0] not in index.summary.defined:
                span = Span(region.start + found.start(), region.start + found.end())
                yield Problem(NAME, f"nothing defines {found[0]}", "Undefined", span, found[0], "analysis")


class LineTokenizer:
    state = ()

    def line(self, tokens, line) -> list[str]:
        return [token.text for token in tokens[line.first : line.last]]


LEXIS = Lexis(lexed, frozenset(), {"(": ")"}, ";", lambda tokens, line: True, lambda t: t.kind, str, lambda a, b: True)
SIGNS = ("+", "-", "*", "(", ")")
WORDS = Vocabulary(
    LEXIS,
    SIGNS,
    (),
    (),
    SIGNS,
    ("1",),
    frozenset("-"),
    frozenset(),
    frozenset("-"),
    {},
    re.compile("match"),
    (0.0,) * 15,
)
LANGUAGE = Language(
    name="toy",
    files=FILES,
    lexis=LEXIS,
    syntax=Syntax(Lines, lambda stack, following: ("", ""), fault, lambda *args: False, lambda message, lines: message),
    facts=FactsPart(facts, Names()),
    tokenizer=ModelTokenizer(LineTokenizer, lambda state: LineTokenizer(), lambda word: word, frozenset()),
    problem_finder=ProblemFinder(findings, lambda *args: (), lambda index, reported: None),
    checkers=Checkers(HERE + ".checks", lambda environment: (0, 0), ".toy", re.compile("$^"), frozenset()),
    regions=Regions(lambda index, problem: False, lambda index, unit, other: False, lambda region: ()),
    fixers=Fixers(HERE + ".fixers"),
    vocabulary=WORDS,
    checks=Checks(HERE + ".checks"),
    measures=Measures((), lambda changed: {}),
    naming=Naming("Toy"),
    environment=lambda place: None,
    sample="a = (1\n",
)
