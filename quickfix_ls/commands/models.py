"""The models of a command: none unless a flag asks for them; their gateways are closed at the end of the command."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from quickfix_ls.candidates.generate import Asking, Wanted
from quickfix_ls.commands.choices import Choices
from quickfix_ls.errors import UsageError
from quickfix_ls.gateway import Gateway, gateway_for
from quickfix_ls.settings import ProviderSettings, Settings
from quickfix_ls.tasks import background

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

ModelsOf = Callable[[str], Asking | None]
"""Returns the models to ask about the file at a path; None if none are to be asked."""

NO_PROVIDER = "no model is configured: set `provider`, as with --set provider=ollama"


def no_models(path: str) -> None:
    """Return no model for any file."""


@asynccontextmanager
async def models_of(choices: Choices) -> AsyncIterator[ModelsOf]:
    """Yield a function that returns the models of a file's settings; it raises UsageError if they name none or one that
    can't work. At the end, also by cancellation, the gateways are closed."""
    gateways: dict[ProviderSettings | None, Gateway] = {}
    async with background() as tasks, AsyncExitStack() as stack:

        def of(path: str) -> Asking:
            settings = choices.settings(path)
            if settings.provider not in gateways:
                gateways[settings.provider] = gateway = opened(settings, tasks)
                stack.push_async_callback(gateway.aclose)
            return asking(gateways[settings.provider].under(settings), settings, path)

        yield of


def opened(settings: Settings, tasks: TaskGroup) -> Gateway:
    """Return the gateway of the settings; its requests run in `tasks`. Raises UsageError if they name no model."""
    gateway = gateway_for(settings, tasks)
    if gateway is None:
        raise UsageError(NO_PROVIDER)
    return gateway


def asking(gateway: Gateway, settings: Settings, path: str) -> Asking:
    """Return a gateway with the settings' way of asking it about the file at `path`."""
    always = settings.generate_when == "always"
    where = os.path.abspath(path)
    return Asking(gateway.stream, gateway.model, Wanted.by(settings), settings.deadline_seconds, always, where)
