"""What a model is asked: one prompt variant a file, found by its place.

A variant is a small declaration and a pure function from `Material` to its own last words. What all of them share (how
to answer, the error, the numbered lines) comes first and is the same to the byte, so that a server which keeps the
beginning of prompts reads it once for all k.
"""

from __future__ import annotations

import importlib
import math
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from quickfix_ls.values import Prompt

Need = Literal["neighbours", "schema", "examples"]

BAR = "|"
"""What stands between a line's number and its text, in prompts and in answers."""

EDIT = "EDIT"
"""The line after which an answer that thinks aloud first gives its lines."""

END = "END"
"""The line that ends an answer; servers stop there."""

CHARACTERS_A_TOKEN = 3
"""How many characters of code make a token at the least, roughly: tokenizers differ, and budgets must hold for all."""

DEFAULT_VARIANTS = (
    "plain",
    "with_schema",
    "few_shot",
    "with_neighbours",
    "chain_of_thought",
    "system_senior",
    "predicted_output",
    "system_minimal",
)
"""What is asked where the user names no variants: of those that have what they need, the first k."""

_LEAST_ANSWER = 48
_MOST_ANSWER = 400
"""Bounds of an answer's tokens, thinking aside: a line or two, and some forty lines."""

_SYSTEM = f"""\
You mend {{language}} code. You get an error message and lines of a file, each with its number and a bar.
Change as little as possible: mend the error, and keep everything else. Never delete or silence code to be rid of it.
Answer with the lines that change and no others: number, bar, and the whole new line with its indentation, like
12{BAR}    total = add(1, 2)
To insert a line, give it the number of the line before it, and write it after that line.
To delete a line, write nothing after its bar. End with a line {END}."""


@dataclass(frozen=True, slots=True)
class AcceptedFix:
    """A fix that this user accepted: the error, and its lines before and after."""

    error: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Naming:
    """What prompts call a `language`, and so what refuses its programs."""

    language: str


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to say about one problem. Line numbers count from 1, as the error message does.

    `lines` are those of the failing region without their ends, the error's unit whole, and `first` is the number of
    the first of them; `line` is the error's. `neighbours` are definitions of names that the region uses, `schema` the
    tables near it, `examples` accepted fixes: all chosen by relevance already, and empty where nothing is known or
    no variant needs them.
    """

    error: str
    line: int
    first: int
    lines: tuple[str, ...]
    naming: Naming
    neighbours: tuple[str, ...] = ()
    schema: str = ""
    examples: tuple[AcceptedFix, ...] = ()

    @property
    def numbered(self) -> str:
        return "\n".join(f"{number}{BAR}{text}" for number, text in enumerate(self.lines, self.first))


@dataclass(frozen=True, slots=True)
class VariantWords:
    """A variant's own part of a prompt: see `values.Prompt` for the other fields."""

    question: str
    prediction: str = ""
    reply_schema: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to ask. `needs` are the fields of `Material` that it can't do without; `thinking` is how many tokens its
    answer may take before the lines come; `temperature` as servers mean it."""

    name: str
    needs: tuple[Need, ...]
    thinking: int
    temperature: float
    word: Callable[[Material], VariantWords]

    def fits(self, material: Material) -> bool:
        """Whether there is all that it needs: without, it would ask what another variant asks."""
        return all(getattr(material, need) for need in self.needs)

    def prompt(self, material: Material) -> Prompt:
        """What to send. Pure: the same material gives the same prompt."""
        words = self.word(material)
        return Prompt(
            system=_SYSTEM.format(language=material.naming.language),
            shared=f"Line {material.line}: {material.error}\n\n{material.numbered}",
            question=words.question,
            max_tokens=self.thinking + _answer_tokens(material),
            temperature=self.temperature,
            prediction=words.prediction,
            reply_schema=words.reply_schema,
            stop=() if words.reply_schema else (f"\n{END}",),
        )


def variant(
    *, needs: tuple[Need, ...] = (), thinking: int = 0, temperature: float = 0.0
) -> Callable[[Callable[[Material], VariantWords]], Variant]:
    """Make a variant of a function; its name is the function's, and the file's."""

    def wrap(function: Callable[[Material], VariantWords]) -> Variant:
        return Variant(function.__name__, needs, thinking, temperature, function)

    return wrap


@cache
def all_variants() -> dict[str, Variant]:
    """Every variant, by name."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Variant))
    return {one.name: one for one in sorted(found, key=lambda one: one.name)}


def needs_of(names: Sequence[str]) -> frozenset[Need]:
    """What the variants of these names need, unknown names aside."""
    known = all_variants()
    return frozenset(need for name in names if name in known for need in known[name].needs)


def eligible(names: Sequence[str], material: Material) -> Iterator[Variant]:
    """The variants of these names, in their order and each once, that have what they need."""
    known = all_variants()
    return (known[name] for name in dict.fromkeys(names) if name in known and known[name].fits(material))


def tokens_in(text: str) -> int:
    """About how many tokens a model takes a text for, rather too many than too few."""
    return math.ceil(len(text) / CHARACTERS_A_TOKEN)


def _answer_tokens(material: Material) -> int:
    return min(max(tokens_in(material.numbered), _LEAST_ANSWER), _MOST_ANSWER)
