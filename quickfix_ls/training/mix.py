"""How often people break code in which way, counted in pairs of broken and mended texts."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from quickfix_ls.errors import ModelError, UsageError
from quickfix_ls.languages.python.tokens import CLOSERS, Token, lex
from quickfix_ls.training.breaking import FOREIGN, Code, shape

SHIPPED = Path(__file__).parents[1] / "models" / "mix.json"
Fault = tuple[str, str]
"""An operator of `breaking` and its detail."""

_MOST_FAULTS = 3


@dataclass(frozen=True, slots=True)
class Mix:
    """`faults` weighs each fault, `counts` how many of them a text has."""

    faults: dict[Fault, float]
    counts: dict[int, float]

    def draw(self, rng: Random) -> Fault:
        return rng.choices(list(self.faults), list(self.faults.values()))[0]

    def draw_count(self, rng: Random) -> int:
        return rng.choices(list(self.counts), list(self.counts.values()))[0]


def load_mix(path: Path | None = None) -> Mix:
    """The shipped mix, or that of a file. Raises ModelError where it can't be read."""
    path = path or SHIPPED
    try:
        stated = json.loads(path.read_bytes())
        return Mix(
            {
                (name, detail): float(weight)
                for name, details in stated["operators"].items()
                for detail, weight in details.items()
            },
            {int(count): float(weight) for count, weight in stated["faults"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"The mix of errors {path} can't be read: {error}. Reinstall quickfix-ls.") from None


def estimate_mix(bench_files: Sequence[Path]) -> dict[str, Any]:
    """Count the faults of the syntax rows of JSON Lines files (keys `kind`, `broken`, `fixed`).

    The result is what `load_mix` reads, and says where it comes from. Raises UsageError for a file that can't
    be read.
    """
    operators: dict[str, Counter[str]] = {}
    counts: Counter[int] = Counter()
    rows = 0
    sources = []
    for path in bench_files:
        try:
            data = path.read_bytes()
            values = [json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip()]
        except (OSError, ValueError) as error:
            raise UsageError(f"{path}: can't be read: {error}") from None
        sources.append({"name": path.name, "sha256": hashlib.sha256(data).hexdigest()})
        for value in values:
            if value.get("kind") == "syntax" and "fixed" in value:
                rows += 1
                found = faults_of(value["broken"], value["fixed"])
                if 0 < len(found) <= _MOST_FAULTS:
                    counts[len(found)] += 1
                    for name, detail in found:
                        operators.setdefault(name, Counter())[detail] += 1
    return {
        "what": "how often people break Python's syntax in which way: operator -> detail -> occurrences",
        "source": sources,
        "rows": rows,
        "understood": sum(counts.values()),
        "faults": {str(count): counts[count] for count in sorted(counts)},
        "operators": {
            name: dict(sorted(details.items(), key=lambda item: (-item[1], item[0])))
            for name, details in sorted(operators.items())
        },
    }


def faults_of(broken: str, fixed: str) -> list[Fault]:
    """What was done to the fixed text to get the broken one; empty where that is not understood."""
    right, wrong = _tokens(fixed), _tokens(broken)
    if [token.text for token in right] == [token.text for token in wrong]:
        return _indentation_fault(broken, fixed)
    for one in (_quote_fault(broken, fixed), _prompt_fault(right, wrong), _python2_fault(right, wrong)):
        if one:
            return [one]
    hunks = SequenceMatcher(
        None, [token.text for token in right], [token.text for token in wrong], autojunk=False
    ).get_opcodes()
    changes = [
        (right[a:b], wrong[c:d], right[a - 1] if a else None) for tag, a, b, c, d in hunks if tag != "equal"
    ]
    if len(changes) == 2 and (pair := _pair_fault(changes[0], changes[1])):
        return [pair]
    found = [_hunk_fault(*change) for change in changes]
    return [one for one in found if one] if all(found) else []


_Change = tuple[list[Token], list[Token], "Token | None"]


def _hunk_fault(gone: list[Token], come: list[Token], before: Token | None) -> Fault | None:
    if come and (habit := _habit(gone, come)):
        return "foreign", habit
    if not come and len(gone) > 1 and all(token.text in CLOSERS or token.kind == "newline" for token in gone):
        return "delete_run", " ".join(map(shape, gone))
    if len(gone) > 1 or len(come) > 1:
        return _swap_fault(gone, come)
    if not come:
        return _deletion(gone[0])
    if not gone:
        return _insertion(come[0], before)
    return _replacement(gone[0], come[0])


def _deletion(token: Token) -> Fault:
    if token.kind in ("op", "keyword"):
        return "delete_token", token.text
    return ("join_lines", "") if token.kind == "newline" else ("delete_word", token.kind)


def _insertion(token: Token, before: Token | None) -> Fault | None:
    after = shape(before) if before else "line"
    if token.kind == "newline":
        return "split_line", after
    if before and before.text == token.text and token.kind in ("op", "keyword"):
        return "duplicate_token", token.text
    if token.kind in ("op", "keyword", "error"):
        return "insert_token", f"{after} {token.text}"
    return ("insert_word", after) if token.kind == "name" else None


def _replacement(right: Token, wrong: Token) -> Fault | None:
    if right.kind == "keyword" and wrong.kind == "name":
        return "misspell_keyword", "case" if right.text.lower() == wrong.text.lower() else "edit"
    if right.kind == "name" and wrong.kind == "keyword":
        return "keyword_as_name", wrong.text
    fixed = ("op", "keyword", "error")
    if right.kind in fixed and wrong.kind in fixed:
        return ("python2", "except") if (right.text, wrong.text) == ("as", ",") else _replaced(right, wrong)
    return None


def _replaced(right: Token, wrong: Token) -> Fault:
    return "replace_token", f"{right.text} {wrong.text}"


def _swap_fault(gone: list[Token], come: list[Token]) -> Fault | None:
    if len(gone) == 2 and [token.text for token in gone] == [token.text for token in reversed(come)]:
        return "swap_tokens", shape(gone[0])
    return None


def _habit(gone: list[Token], come: list[Token]) -> str | None:
    right = " ".join(token.text for token in gone)
    wrong = "".join(token.text for token in come)
    spaced = " ".join(token.text for token in come)
    for habit, python in FOREIGN.items():
        if python == right and habit in (wrong, spaced):
            return habit
    return None


def _pair_fault(first: _Change, second: _Change) -> Fault | None:
    """Both brackets of a pair left out."""
    if first[1] or second[1] or len(first[0]) != 1 or len(second[0]) != 1:
        return None
    opener, closer = first[0][0].text, second[0][0].text
    return ("delete_pair", opener) if CLOSERS.get(closer) == opener else None


def _indentation_fault(broken: str, fixed: str) -> list[Fault]:
    right, wrong = _indents(fixed), _indents(broken)
    if any("\t" in w and "\t" not in r for r, w in zip(right, wrong, strict=False)):
        return [("indentation", "tab")]
    moved = [len(w) - len(r) for r, w in zip(right, wrong, strict=False)]
    changed = [number for number, by in enumerate(moved) if by]
    if not changed or len(right) != len(wrong):
        return []
    first = changed[0]
    if first and moved[first] < 0 and len(right[first]) > len(right[first - 1]) >= len(wrong[first]):
        return [("indentation", "flat")]
    way = "in" if moved[first] > 0 else "out"
    return [("indentation", way if len(changed) == 1 else f"block {way}")]


def _quote_fault(broken: str, fixed: str) -> Fault | None:
    head = 0
    while head < min(len(broken), len(fixed)) and broken[head] == fixed[head]:
        head += 1
    tail = 0
    while tail < min(len(broken), len(fixed)) - head and broken[-1 - tail] == fixed[-1 - tail]:
        tail += 1
    gone, come = fixed[head : len(fixed) - tail], broken[head : len(broken) - tail]
    if gone not in ("", "'", '"') or come not in ("", "'", '"') or gone == come:
        return None
    if not gone:
        return "quote", "extra"
    if come:
        return "quote", "swap"
    opens = any(token.kind == "string" and token.start <= head < token.start + 3 for token in lex(fixed))
    return "quote", "open" if opens else "close"


def _prompt_fault(right: list[Token], wrong: list[Token]) -> Fault | None:
    def prompts(tokens: list[Token]) -> int:
        texts = ["\n", *(token.text for token in tokens)]
        return sum(texts[index : index + 3] == ["\n", ">>", ">"] for index in range(len(texts)))

    more = prompts(wrong) - prompts(right)
    return ("prompt", "first" if more == 1 else "all") if more > 0 else None


def _python2_fault(right: list[Token], wrong: list[Token]) -> Fault | None:
    texts, without = ([token.text for token in tokens if token.text not in "()"] for tokens in (right, wrong))
    if texts != without or len(wrong) >= len(right):
        return None
    for word in ("print", "exec"):
        if _calls(right, word) > _calls(wrong, word):
            return "python2", word
    return None


def _calls(tokens: list[Token], word: str) -> int:
    return sum(first.text == word and second.text == "(" for first, second in pairwise(tokens))


def _tokens(text: str) -> list[Token]:
    """The tokens without comments and blank lines."""
    kept: list[Token] = []
    for token in Code.of(text).tokens:
        if token.kind != "newline" or (kept and kept[-1].kind != "newline"):
            kept.append(token._replace(text="\n") if token.kind == "newline" else token)
    while kept and kept[-1].kind == "newline":
        kept.pop()
    return kept


def _indents(text: str) -> list[str]:
    lines = (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    return [line[: len(line) - len(line.lstrip(" \t"))] for line in lines]
