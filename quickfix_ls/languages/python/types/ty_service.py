"""ty as the source of types: its language server, in a process of its own.

It is the program that was installed beside this package (the extra `types`). It works in a temporary folder with a
configuration of ours, so that it reads none of the project's, and it finds no other program that it could start.
"""

from __future__ import annotations

import asyncio
import os
import sysconfig
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

from quickfix_ls.checkers.messages import encoded, read_message, reply_to
from quickfix_ls.languages.python.types.by_ty import answers_to
from quickfix_ls.languages.python.types.inquiries import Facts, TypeQuestion
from quickfix_ls.languages.python.types.resident import IDLE_SECONDS, LIMIT_SECONDS, Resident
from quickfix_ls.languages.python.types.ty_workspace import TyWorkspace, uri_of, workspace_of

_RESERVE_SECONDS = 0.1
"""Time before the limit of a question at which the facts known so far are returned."""

_DELETED = 3
_KEPT_VARIABLES = ("SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LANG", "LC_ALL")


def program() -> str:
    """Return the path of ty in the environment of this package; empty if it is not installed.

    Neither PATH nor the current folder is searched.
    """
    name = f"ty{sysconfig.get_config_var('EXE') or ''}"
    schemes = (sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user"))
    places = (Path(sysconfig.get_path("scripts", scheme), name) for scheme in schemes)
    return next((str(place) for place in places if place.is_file()), "")


def ty_service(seconds: float = LIMIT_SECONDS, idle_seconds: float = IDLE_SECONDS, command: str = "") -> Resident:
    """Return the service that asks ty; its process is started by the first question. `command` is its path."""

    async def start(question: TypeQuestion) -> _TyConversation:
        holder = tempfile.TemporaryDirectory(prefix="quickfix-ls-", ignore_cleanup_errors=True)
        workspace, folder = workspace_of(question), Path(holder.name).resolve()
        (folder / "ty.toml").write_text(workspace.configuration(), encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            command or program(),
            "server",
            cwd=folder,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(folder),
            start_new_session=True,
        )
        return _TyConversation(process, workspace, holder)

    return Resident(start, seconds, idle_seconds)


class _TyConversation:
    """A server that answers questions about one workspace; `holder` is the folder that it works in."""

    def __init__(
        self, process: asyncio.subprocess.Process, workspace: TyWorkspace, holder: tempfile.TemporaryDirectory[str]
    ) -> None:
        self.process = process
        self._workspace = workspace
        self._holder = holder
        self._folder = Path(holder.name).resolve()
        self._number = 0
        self._is_ready = False
        self._is_usable = True

    def suits(self, question: TypeQuestion) -> bool:
        return self._is_usable and workspace_of(question) == self._workspace

    async def answers(self, question: TypeQuestion, until: float) -> AsyncGenerator[Facts | None, None]:
        """Yield the answers, all at once. Cancellation leaves the server of no use."""
        is_usable, self._is_usable = self._is_usable, False
        assert is_usable
        if not self._is_ready:
            await self._begin()
        self._forget_changed_files()
        uri = uri_of(question, self._workspace, str(self._folder))
        found, self._is_usable = await answers_to(self, question, uri, until - _RESERVE_SECONDS)
        for facts in found:
            yield facts

    async def request(self, method: str, params: object) -> Any:
        """Send a request and return its result. Raises ConnectionError if the server ended or can't answer. After a
        cancellation the server is of no further use."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        assert self.process.stdout is not None
        while (message := await read_message(self.process.stdout)) is not None:
            if "method" in message:
                if "id" in message:
                    self._send(reply_to(message))
            elif message.get("id") == self._number:
                if "error" in message:
                    raise ConnectionError(f"{method}: {message['error'].get('message')}")
                return message.get("result")
        raise ConnectionError("ty ended")

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def close(self) -> None:
        """Delete the server's folder."""
        self._holder.cleanup()

    async def _begin(self) -> None:
        """Initialize the server. Raises ConnectionError if it can't be used. Cancellable."""
        uri = Path(self._workspace.home or self._folder).as_uri()
        capabilities = {
            "general": {"positionEncodings": ["utf-32"]},
            # With these two, nothing is sent that was not asked for.
            "textDocument": {"diagnostic": {}, "hover": {"contentFormat": ["plaintext"]}},
        }
        options = {"configurationFile": str(self._folder / "ty.toml"), "completions": {"autoImport": False}}
        hello = {"processId": os.getpid(), "rootUri": uri, "capabilities": capabilities}
        folders = [{"uri": uri, "name": "workspace"}]
        answer = await self.request(
            "initialize", {**hello, "workspaceFolders": folders, "initializationOptions": options}
        )
        if answer["capabilities"].get("positionEncoding") != "utf-32":
            raise ConnectionError("ty counts no code points")
        self.notify("initialized", {})
        self._is_ready = True

    def _forget_changed_files(self) -> None:
        """Let the server look at each file that it knows again: of a folder that is told as deleted, it does."""
        folders = dict.fromkeys([*self._workspace.roots, *self._workspace.packages, self._workspace.home])
        changes = [{"uri": Path(folder).as_uri(), "type": _DELETED} for folder in folders if folder]
        self.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    def _send(self, message: dict[str, Any]) -> None:
        if self.process.stdin is not None and not self.process.stdin.is_closing():
            self.process.stdin.write(encoded(message))


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment variables of the server: no settings of the user's, and no folder with programs."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    here = str(folder)
    return {**kept, "PATH": "", "HOME": here, "USERPROFILE": here, "XDG_CONFIG_HOME": here, "APPDATA": here}
