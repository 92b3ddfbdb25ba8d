"""Settings on their way in: at `initialize`, when the client says they changed, and by asking for them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from quickfix_ls import settings

if TYPE_CHECKING:
    from quickfix_ls.lsp.client_documents import ClientDocument
    from quickfix_ls.lsp.session import QuickfixServer


def begin(ls: QuickfixServer, options: object) -> None:
    """Take the `initializationOptions`."""
    _lay(ls, (options,))


def take(ls: QuickfixServer, raw: object) -> None:
    """Make what the client sent the settings that hold, and say in one message what was wrong in it.

    `initializationOptions` are what later ones are laid over: a key that a client no longer sends goes back
    to what it was at the start.
    """
    _lay(ls, (*ls.editor_settings[:1], raw))


def of(ls: QuickfixServer, document: ClientDocument) -> settings.Settings:
    """The settings that hold for a document, as the configuration files above it are now."""
    read, complaints = settings.for_document(document.path, ls.folders, ls.editor_settings)
    _complain(ls, complaints)
    return read


def follow_files(ls: QuickfixServer) -> None:
    """Read anew what holds for the session, where its files or folders may have changed."""
    _lay(ls, ls.editor_settings, anew=True)


def _complain(ls: QuickfixServer, complaints: list[str]) -> None:
    """Say what is wrong, each thing once in a session."""
    if news := [one for one in complaints if one not in ls.complaints]:
        ls.complaints.update(news)
        ls.show_message(" ".join(news), types.MessageType.Warning)


def _lay(ls: QuickfixServer, editor: tuple[object, ...], *, anew: bool = False) -> None:
    read, complaints = settings.for_document("", ls.folders, editor)
    _complain(ls, complaints)
    if read == ls.settings and editor == ls.editor_settings and not anew:
        return
    ls.settings, ls.editor_settings = read, editor
    ls.logs.set_level(read.log_level)
    ls.reconfigure()


async def changed(ls: QuickfixServer, params: types.DidChangeConfigurationParams) -> None:
    """A client that can be asked is asked: what it pushes may be nothing, or everything that it has."""
    if ls.client.has_configuration:
        ls.in_background(ask(ls))
    else:
        take(ls, params.settings)


async def ask(ls: QuickfixServer) -> None:
    """Ask the client for its settings. Runs in a task of its own: a cancelled wait for a client is an error."""
    if ls.client.has_configuration:
        item = types.ConfigurationItem(section=settings.SECTION)
        try:
            answer = await ls.workspace_configuration_async(types.ConfigurationParams(items=[item]))
        except JsonRpcException as error:
            ls.log.warning("the client did not tell its settings: %s", error)
            return
        take(ls, answer[0] if answer else None)


async def register(ls: QuickfixServer) -> None:
    """Ask to be told of changed settings and configuration files, where the client wants to be asked for that."""
    wishes = []
    if ls.client.registers_configuration:
        wishes.append(types.Registration(str(uuid.uuid4()), types.WORKSPACE_DID_CHANGE_CONFIGURATION))
    if ls.client.watches_files:
        watchers = [types.FileSystemWatcher(glob_pattern=f"**/{name}") for name in settings.FILES]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        wishes.append(types.Registration(str(uuid.uuid4()), types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if wishes:
        try:
            await ls.client_register_capability_async(types.RegistrationParams(wishes))
        except JsonRpcException as error:
            ls.log.warning("the client does not tell of changed settings: %s", error)
