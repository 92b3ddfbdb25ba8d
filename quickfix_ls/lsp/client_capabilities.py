"""The client's abilities that matter to us, read once from its capabilities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.uris import to_fs_path

from quickfix_ls.documents.positions import Encoding

_ENCODINGS: dict[str, Encoding] = {"utf-8": "utf-8", "utf-16": "utf-16", "utf-32": "utf-32"}


@dataclass(frozen=True, slots=True)
class Client:
    """The client's abilities that change the messages we send; all absent until `initialize` has been read."""

    encoding: Encoding = "utf-16"
    names_encodings: bool = False
    resolves_edits: bool = False
    resolves_commands: bool = False
    runs_command_after_edit: bool = False
    document_changes: bool = False
    shows_disabled: bool = False
    versions_diagnostics: bool = False
    has_configuration: bool = False
    registers_configuration: bool = False
    watches_files: bool = False
    pulls_diagnostics: bool = False
    refreshes_diagnostics: bool = False
    shows_progress: bool = False
    tags_generated: bool = False
    tells_other_diagnostics: bool = False
    takes_status: bool = False
    has_language_model: bool = False


def read_client(capabilities: types.ClientCapabilities, encoding: str | None) -> Client:
    """Return the abilities that `capabilities` declare; `encoding` is the negotiated position encoding."""

    def has(path: str) -> bool:
        return bool(get_capability(capabilities, path, False))

    resolved = get_capability(capabilities, "text_document.code_action.resolve_support.properties", None) or ()
    takes_data = has("text_document.code_action.data_support")
    resolves_edits = "edit" in resolved and takes_data
    own = _own_abilities(capabilities)
    tags = get_capability(capabilities, "text_document.code_action.tag_support.value_set", None) or ()
    return Client(
        encoding=_ENCODINGS.get(str(getattr(encoding, "value", encoding)), "utf-16"),
        names_encodings=bool(get_capability(capabilities, "general.position_encodings", None)),
        resolves_edits=resolves_edits,
        resolves_commands=resolves_edits and "command" in resolved,
        # ALE, which knows only the first form of code actions, runs the command in the place of the edit.
        runs_command_after_edit=takes_data,
        document_changes=has("workspace.workspace_edit.document_changes"),
        shows_disabled=has("text_document.code_action.disabled_support"),
        versions_diagnostics=has("text_document.publish_diagnostics.version_support"),
        has_configuration=has("workspace.configuration"),
        registers_configuration=has("workspace.did_change_configuration.dynamic_registration"),
        watches_files=has("workspace.did_change_watched_files.dynamic_registration"),
        pulls_diagnostics=get_capability(capabilities, "text_document.diagnostic", None) is not None,
        refreshes_diagnostics=has("workspace.diagnostics.refresh_support"),
        shows_progress=has("window.work_done_progress"),
        tags_generated=types.CodeActionTag.LlmGenerated in tags,
        tells_other_diagnostics="otherDiagnostics" in own,
        takes_status="status" in own,
        has_language_model="languageModel" in own,
    )


def _own_abilities(capabilities: types.ClientCapabilities) -> frozenset[str]:
    """Return which of the messages that are our own (`custom_messages`) a client knows."""
    experimental = capabilities.experimental
    declared = experimental.get("quickfix-ls") if isinstance(experimental, Mapping) else None
    items = declared.items() if isinstance(declared, Mapping) else ()
    return frozenset(key for key, value in items if value is True)


def folders_of(params: types.InitializeParams) -> tuple[str, ...]:
    """Return the paths of the workspace folders, or of the root if the client sends no folders."""
    uris = [folder.uri for folder in params.workspace_folders or ()]
    if not uris and params.root_uri:
        uris = [params.root_uri]
    paths = paths_of(uris)
    return paths or ((params.root_path,) if params.root_path else ())


def paths_of(uris: list[str]) -> tuple[str, ...]:
    """Return the paths of the `file:` URIs, each once, in order."""
    paths = (to_fs_path(uri) for uri in uris if uri.startswith("file:"))
    return tuple(dict.fromkeys(path for path in paths if path))
