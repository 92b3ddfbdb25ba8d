"""A model whose answers a test has written, by variant: a `Stream` as a gateway has one, without a gateway."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field

from quickfix_ls.candidates.generate import Asking, Wanted
from quickfix_ls.errors import ProviderError, UnavailableError
from quickfix_ls.prompts import DEFAULT_VARIANTS
from quickfix_ls.values import Delta, Prompt, Usage

FIRST_WORDS = {
    "plain": "Write the changed lines.",
    "chain_of_thought": "Say in at most",
    "predicted_output": "Answer with one JSON",
    "system_senior": "You are a senior",
    "system_minimal": "Fix it.",
    "with_neighbours": "Elsewhere in the file",
    "with_schema": "The database has",
}
"""How each variant's question begins."""


@dataclass
class ScriptedModel:
    """Answers each variant with its text, or raises its error; one without either never answers. `asked` are the
    prompts by variant, `open` how many answers are under way."""

    answers: Mapping[str, str | ProviderError]
    asked: dict[str, Prompt] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    open: int = 0
    started: asyncio.Event = field(default_factory=asyncio.Event)

    async def stream(self, prompt: Prompt, seconds: float, path: str = "") -> AsyncGenerator[Delta, None]:
        name = next(name for name, words in FIRST_WORDS.items() if prompt.question.startswith(words))
        self.asked[name] = prompt
        self.paths.append(path)
        self.open += 1
        self.started.set()
        try:
            answer = self.answers.get(name)
            if answer is None:
                await asyncio.Event().wait()
            if isinstance(answer, ProviderError):
                raise answer
            for piece in (answer or "").splitlines(keepends=True):
                yield Delta(piece)
                await asyncio.sleep(0)
            yield Delta("", "stop", Usage(100, 10))
        finally:
            self.open -= 1

    def asking(self, *variants: str, always: bool = True, k: int = 8) -> Asking:
        return Asking(self.stream, "scripted-1", Wanted(variants or DEFAULT_VARIANTS, k), 60.0, always, "/project/a.py")


BUSY = UnavailableError("the model is overloaded. Try again later.")
