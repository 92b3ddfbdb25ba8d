"""Settings on their way in: at `initialize`, when the client says they changed, and by asking for them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from quickfix_ls import settings
from quickfix_ls.lsp.log import set_level

if TYPE_CHECKING:
    from quickfix_ls.lsp.session import QuickfixServer


def take(ls: QuickfixServer, raw: object) -> None:
    """Make what the client sent the settings that hold, and say in one message what was wrong in it.

    `initializationOptions` are what later ones are laid over: a key that a client no longer sends goes back
    to what it was at the start.
    """
    read, complaints = settings.read(raw, ls.initial_settings)
    if complaints and complaints != ls.complaints:
        ls.show_message(" ".join(complaints), types.MessageType.Warning)
    ls.complaints = complaints
    if read == ls.settings:
        return
    ls.settings = read
    set_level(read.log_level)
    ls.reconfigure()


async def changed(ls: QuickfixServer, params: types.DidChangeConfigurationParams) -> None:
    """A client that can be asked is asked: what it pushes may be nothing, or everything that it has."""
    if ls.client.has_configuration:
        ls.in_background(ask(ls))
    else:
        take(ls, params.settings)


async def ask(ls: QuickfixServer) -> None:
    """Ask the client for its settings. Runs in a task of its own: a cancelled wait for a client is an
    error."""
    if ls.client.has_configuration:
        item = types.ConfigurationItem(section=settings.SECTION)
        try:
            answer = await ls.workspace_configuration_async(types.ConfigurationParams(items=[item]))
        except JsonRpcException as error:
            ls.log.warning("the client did not tell its settings: %s", error)
            return
        take(ls, answer[0] if answer else None)


async def register(ls: QuickfixServer) -> None:
    """Ask to be told of changed settings, where the client wants to be asked for that."""
    if ls.client.registers_configuration:
        wish = types.Registration(id=str(uuid.uuid4()), method=types.WORKSPACE_DID_CHANGE_CONFIGURATION)
        try:
            await ls.client_register_capability_async(types.RegistrationParams(registrations=[wish]))
        except JsonRpcException as error:
            ls.log.warning("the client does not tell of changed settings: %s", error)
