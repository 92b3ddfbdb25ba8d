"""Break correct code artificially: make rows of broken and fixed text, on which models are trained and measured.

A row has the keys of the evaluation format: `id`, `source`, `lang`, `kind`, `broken`, `fixed`, `error`,
`error_type`, `line`, `col` (syntax only), `edit_tokens`, `group`.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from random import Random
from typing import Any

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.breaking import Code, all_operators
from quickfix_ls.languages.python.breaking.habits import printing
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.languages.python.members.misspellings import misspelling_problems
from quickfix_ls.languages.python.names.undefined import undefined_names
from quickfix_ls.training.faults import Fault
from quickfix_ls.training.member_typos import MEMBER_WAYS
from quickfix_ls.training.mix import Mix, load_mix
from quickfix_ls.training.snippets import pages, shortened, snippets
from quickfix_ls.training.source_files import EXCLUDED, HELD_OUT, SourceFile, corpus_files, source_files
from quickfix_ls.training.trained_language import trained_language
from quickfix_ls.training.typos import WAYS, File, Typo, Way, random_typo
from quickfix_ls.values import Problem

__all__ = [
    "EXCLUDED",
    "HELD_OUT",
    "MEMBER_WAYS",
    "Broken",
    "CorpusRow",
    "break_file",
    "break_name",
    "corpus",
    "corpus_files",
    "parsed_files",
    "source_files",
    "typo_rows",
    "typos_in",
]

CorpusRow = dict[str, Any]

MAX_LINES = 800
"""The limit of files in which a name is misspelt; longer ones take more time than they are worth."""

_TRIES = 12
PAGES_SHARE = 0.4
"""The share of broken texts that are whole pages rather than the few lines that people ask about."""
_ON_A_PAGE = (0.35, 0.3, 0.2, 0.15)
"""The probabilities that a page has one, two, three or four faults; `_AGAIN` is that of a fault like the one before,
since authors repeat their errors."""
_AGAIN = 0.4
_SLIPS_EACH = 3


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken text with CPython's error message; `line` and `col` count from 1, `col` is 0 if unknown."""

    broken: str
    fixed: str
    error: str
    error_type: str
    line: int
    col: int = 0


def corpus(
    seed: int, n: int, files: Sequence[SourceFile], mix: Mix | None = None, name_share: float = 0.3
) -> Iterator[CorpusRow]:
    """Yield at most `n` rows, a share `name_share` of kind `name`, the others of kind `syntax`.

    The same seed and files give the same rows. A row's `group` is its file. Files are used in an order that the seed
    determines, each about equally often.
    """
    mix = mix or load_mix().with_strings()
    rng = Random(seed)
    # The hundred codecs of the standard library are nearly identical, so they are left out.
    files = [file for file in files if "encodings" not in file.path.parts]
    shuffled = rng.sample(files, len(files))
    each = max(1, -(-n // max(1, len(shuffled))) + 1)
    made = 0
    for file in shuffled:
        text = file.text()
        if not text:
            continue
        for _ in range(each):
            if made >= n:
                return
            by_name = rng.random() < name_share
            broken = break_name(text, rng) if by_name else break_file(text, rng, mix)
            if broken:
                made += 1
                yield row_of("corpus", "name" if by_name else "syntax", broken, group_of(file))


def typo_rows(files: Sequence[SourceFile], n: int, seed: int, way: str = "local_name") -> Iterator[CorpusRow]:
    """Yield at most `n` rows with a single mistyped name in a whole file, at most three for each file.

    `way` names a function of `typos`: `local_name`, or one of MEMBER_WAYS. The misspelt name is drawn uniformly from
    all its uses with at least three letters.
    """
    rng = Random(seed)
    made = 0
    for file, parsed in parsed_files(files, rng):
        for _ in range(_SLIPS_EACH):
            if made >= n:
                return
            broken = _undefined(parsed, (WAYS[way][0](parsed, rng) for _ in range(3)))
            if broken:
                made += 1
                yield row_of("typos", "name", broken, group_of(file))


def typos_in(files: Sequence[SourceFile], n: int, seed: int, way: Way) -> Iterator[tuple[SourceFile, File, Typo]]:
    """Yield at most `n` typos made by the function `way`, with their files, at most three for each file."""
    rng = Random(seed)
    made = 0
    for source, file in parsed_files(files, rng):
        for _ in range(_SLIPS_EACH):
            made_slip = way(file, rng)
            if made_slip is None:
                continue
            if made >= n:
                return
            made += 1
            yield source, file, made_slip


def parsed_files(files: Sequence[SourceFile], rng: Random) -> Iterator[tuple[SourceFile, File]]:
    """Yield the files that parse, in an order that `rng` determines."""
    for source in rng.sample(list(files), len(files)):
        text = source.text()
        file = File.of(text) if text else None
        if file is not None:
            yield source, file


def break_file(text: str, rng: Random, mix: Mix) -> Broken | None:
    """Return a piece of the text with syntax errors, and the original piece; None if no attempt succeeded."""
    is_page = rng.random() < PAGES_SHARE
    pieces = pages(text) if is_page else snippets(text)
    faults = _faults_of_page(rng, mix) if is_page else [mix.draw(rng) for _ in range(mix.draw_count(rng))]
    for _ in range(_TRIES if pieces else 0):
        piece = rng.choice(pieces)
        fixed = piece if is_page else shortened(piece, rng)
        if ("python2", "print") in faults:
            fixed = printing(Code.of(fixed), rng)
        broken = _with_faults(fixed, faults, rng) if fixed.strip() and syntax_error(fixed) is None else None
        if broken and (error := syntax_error(broken)):
            place = error.lineno or 1, max(1, error.offset or 1)
            return Broken(broken, fixed, error.msg, type(error).__name__, *place)
    return None


def _faults_of_page(rng: Random, mix: Mix) -> list[Fault]:
    (count,) = rng.choices(range(1, len(_ON_A_PAGE) + 1), _ON_A_PAGE)
    faults = [mix.draw(rng)]
    while len(faults) < count:
        faults.append(faults[-1] if rng.random() < _AGAIN else mix.draw(rng))
    return faults


def _with_faults(text: str | None, faults: Sequence[Fault], rng: Random) -> str | None:
    for name, detail in faults:
        text = all_operators()[name](Code.of(text), rng, detail) if text else None
    return text


def break_name(text: str, rng: Random) -> Broken | None:
    """Return the whole text with an undefined name; None if it is too long, or no attempt succeeded."""
    if text.count("\n") > MAX_LINES:
        return None
    file = File.of(text)
    return _undefined(file, (random_typo(file, rng) for _ in range(_TRIES // 3))) if file else None


def _undefined(file: File, typos: Iterable[Typo | None]) -> Broken | None:
    """Apply the first typo after which our own analysis finds exactly one new problem, with the typo's name: an
    undefined name, or an unknown member or argument."""
    before = problems_in(file.text)
    for typo in typos:
        if typo is None or typo.name in before:
            continue
        broken = typo.applied(file.text)
        if syntax_error(broken) is not None:
            continue
        found = problems_in(broken)
        if found.keys() - before.keys() == {typo.name}:
            problem = found[typo.name]
            return Broken(broken, file.text, problem.message, problem.code, typo.line)
    return None


def problems_in(text: str) -> dict[str, Problem]:
    """Return the undefined names and the misspelt members and arguments of a text, by their names."""
    index = trained_language().index(Snapshot.of(text))
    return {problem.name: problem for problem in (*undefined_names(index), *misspelling_problems(index))}


def syntax_error(text: str) -> SyntaxError | None:
    """Return the syntax error of a text; None if it compiles, or if compilation fails for another reason."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<text>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):
        return None
    return None


def row_of(source: str, kind: str, made: Broken, group: str) -> CorpusRow:
    content = f"{kind}\0{made.broken}\0{made.fixed}"
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    row: CorpusRow = {
        "id": f"{source}-{digest[:12]}",
        "source": source,
        "lang": "python",
        "kind": kind,
        "broken": made.broken,
        "fixed": made.fixed,
        "error": made.error,
        "error_type": made.error_type,
        "line": made.line,
        "edit_tokens": edit_tokens(made.broken, made.fixed),
        "group": group,
    }
    return {**row, "col": made.col} if made.col else row


def edit_tokens(broken: str, fixed: str) -> int:
    """Return the number of tokens that differ, without line ends and comments; for a replacement, the longer side's."""
    left, right = _texts(broken), _texts(fixed)
    head, tail = common_ends(left, right)
    left, right = left[head : len(left) - tail], right[head : len(right) - tail]
    changes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for tag, a, b, c, d in changes if tag != "equal")


def _texts(text: str) -> list[str]:
    return [token.text for token in lex(text) if token.kind not in ("newline", "comment")]


def group_of(file: SourceFile) -> str:
    # The absolute path depends on the machine, so only the part from the package on is used.
    parts = file.path.parts
    if file.package not in parts:
        return f"{file.package}/{'/'.join(parts[-2:])}"
    return "/".join(parts[len(parts) - 1 - parts[::-1].index(file.package) :])
