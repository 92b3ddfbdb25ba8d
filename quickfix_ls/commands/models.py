"""The models of a command: none unless it is asked for by a flag, and closed when the command is done."""

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
"""The models that are asked about the file at a path."""

NO_PROVIDER = "no model is configured: set `provider`, as with --set provider=ollama"


def no_models(path: str) -> None:
    """Nothing is asked about any file."""


@asynccontextmanager
async def models_of(choices: Choices) -> AsyncIterator[ModelsOf]:
    """The models that the settings of each file name. Raises UsageError, when asked about a file, where they name none
    or one that can't work."""
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
    """The gateway of the settings, whose requests run in a task group. Raises UsageError where they name no model."""
    gateway = gateway_for(settings, tasks)
    if gateway is None:
        raise UsageError(NO_PROVIDER)
    return gateway


def asking(gateway: Gateway, settings: Settings, path: str) -> Asking:
    """How the settings want a gateway to be asked about the file at `path`."""
    always = settings.generate_when == "always"
    where = os.path.abspath(path)
    return Asking(gateway.stream, gateway.model, Wanted.by(settings), settings.deadline_seconds, always, where)
