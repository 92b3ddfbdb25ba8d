"""Receives settings: at `initialize`, when the client reports a change, and by requesting them from the client."""

from __future__ import annotations

import uuid

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from quickfix_ls import settings
from quickfix_ls.lsp.client_documents import ClientDocument
from quickfix_ls.lsp.server_state import ServerState


def take_initialization_options(ls: ServerState, options: object) -> None:
    """Apply the `initializationOptions`."""
    _apply(ls, (options,))


def take_client_settings(ls: ServerState, raw: object) -> None:
    """Apply settings that the client sent, and show one message about everything that is wrong in them.

    They override the `initializationOptions`: a key that a client no longer sends gets its value of the start again.
    """
    _apply(ls, (*ls.editor_settings[:1], raw))


def settings_for(ls: ServerState, document: ClientDocument) -> settings.Settings:
    """Return the settings of a document, from the configuration files above it as they are now."""
    read, complaints = settings.for_document(document.path, ls.folders, ls.editor_settings)
    _complain(ls, complaints)
    return read


def reread(ls: ServerState) -> None:
    """Read the session's settings again, since configuration files or workspace folders may have changed."""
    _apply(ls, ls.editor_settings, anew=True)


def _complain(ls: ServerState, complaints: list[str]) -> None:
    """Show the user complaints about settings, each once in a session."""
    if news := [complaint for complaint in complaints if complaint not in ls.complaints]:
        ls.complaints.update(news)
        ls.show_message(" ".join(news), types.MessageType.Warning)


def _apply(ls: ServerState, editor: tuple[object, ...], *, anew: bool = False) -> None:
    """Make the editor's settings, the strongest last, those of the session; `anew` even if nothing changed."""
    read, complaints = settings.for_document("", ls.folders, editor)
    _complain(ls, complaints)
    if read == ls.settings and editor == ls.editor_settings and not anew:
        return
    ls.settings, ls.editor_settings = read, editor
    ls.logs.set_level(read.log_level)
    ls.reconfigure()


async def changed(ls: ServerState, params: types.DidChangeConfigurationParams) -> None:
    """Request the settings from the client if it supports that, since a pushed value may be empty or hold everything;
    else apply the pushed ones."""
    if ls.client.has_configuration:
        ls.in_background(ask(ls))
    else:
        take_client_settings(ls, params.settings)


async def ask(ls: ServerState) -> None:
    """Request the settings from the client and apply them.

    Must run in a task of its own: cancelling the wait for a client's answer is an error.
    """
    if ls.client.has_configuration:
        item = types.ConfigurationItem(section=settings.SECTION)
        try:
            answer = await ls.workspace_configuration_async(types.ConfigurationParams(items=[item]))
        except JsonRpcException as error:
            ls.log.warning("the client did not send its settings: %s", error)
            return
        take_client_settings(ls, answer[0] if answer else None)


async def register(ls: ServerState) -> None:
    """Register for changes of settings and of configuration files, with clients that want a registration.

    Must run in a task of its own, like `ask`.
    """
    registrations = []
    if ls.client.registers_configuration:
        registrations.append(types.Registration(str(uuid.uuid4()), types.WORKSPACE_DID_CHANGE_CONFIGURATION))
    if ls.client.watches_files:
        watchers = [types.FileSystemWatcher(glob_pattern=f"**/{name}") for name in settings.FILES]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registrations.append(types.Registration(str(uuid.uuid4()), types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if registrations:
        try:
            await ls.client_register_capability_async(types.RegistrationParams(registrations))
        except JsonRpcException as error:
            ls.log.warning("the client does not report changed settings: %s", error)
