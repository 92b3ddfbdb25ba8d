"""Prompts for language models: each variant is a module, and all modules of this package are found automatically.

A variant is a small declaration and a pure function from `Material` to the last part of its prompt. The part that all
variants share (the answer's format, the error, the numbered lines) comes first and is identical to the byte, so that a
server that caches prompt prefixes processes it once for all k variants.
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
"""The separator between a line's number and its text, in prompts and in answers."""

EDIT = "EDIT"
"""The line that separates the reasoning of an answer from its changed lines."""

END = "END"
"""The line that ends an answer; servers stop there."""

CHARACTERS_A_TOKEN = 3
"""A low estimate of the characters of code per token: tokenizers differ, and budgets must hold for all."""

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
"""The variants to use if the user names none; the first k whose material is available are asked."""

_MIN_ANSWER = 48
_MAX_ANSWER = 400
"""Limits of an answer's tokens without its reasoning: a line or two, and some forty lines."""

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
    """The name of a `language` in prompts."""

    language: str


@dataclass(frozen=True, slots=True)
class Material:
    """The information about one problem for prompts. Line numbers count from 1, as in the error message.

    `lines` are those of the failing region without their line ends, with the error's whole unit; `first` is the number
    of the first of them, and `line` that of the error. `neighbours` are definitions of names that the region uses,
    `schema` the database tables that it mentions, `examples` accepted fixes. These three are already selected by
    relevance, and empty if nothing is known or no variant needs them.
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
    """A variant's own part of a prompt; see `values.Prompt` for its fields."""

    question: str
    prediction: str = ""
    reply_schema: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """A prompt variant.

    `needs` are the fields of `Material` that it requires; `thinking` is the number of tokens that its answer may use
    for reasoning before the changed lines; `temperature` is the sampling temperature; `word` returns its own part of
    the prompt.
    """

    name: str
    needs: tuple[Need, ...]
    thinking: int
    temperature: float
    word: Callable[[Material], VariantWords]

    def fits(self, material: Material) -> bool:
        """Return whether the material has all that it needs; without, its prompt would equal another variant's."""
        return all(getattr(material, need) for need in self.needs)

    def prompt(self, material: Material) -> Prompt:
        """Return the prompt. Pure: the same material gives the same prompt."""
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
    """Decorate a function as a variant; the variant's name is that of the function, and of its module."""

    def wrap(function: Callable[[Material], VariantWords]) -> Variant:
        return Variant(function.__name__, needs, thinking, temperature, function)

    return wrap


@cache
def all_variants() -> dict[str, Variant]:
    """Return every variant, by its name."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Variant))
    return {variant.name: variant for variant in sorted(found, key=lambda variant: variant.name)}


def needs_of(names: Sequence[str]) -> frozenset[Need]:
    """Return the needs of all variants with these names; unknown names are ignored."""
    known = all_variants()
    return frozenset(need for name in names if name in known for need in known[name].needs)


def eligible(names: Sequence[str], material: Material) -> Iterator[Variant]:
    """Return the variants with these names whose needs the material has, in this order and without duplicates."""
    known = all_variants()
    return (known[name] for name in dict.fromkeys(names) if name in known and known[name].fits(material))


def tokens_in(text: str) -> int:
    """Estimate the number of tokens of a text for any model, rather too high than too low."""
    return math.ceil(len(text) / CHARACTERS_A_TOKEN)


def _answer_tokens(material: Material) -> int:
    return min(max(tokens_in(material.numbered), _MIN_ANSWER), _MAX_ANSWER)
