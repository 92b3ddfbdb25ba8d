"""Get a provider's API key from an environment variable, or from a program that prints it; kept in memory only."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping

from anyio import CancelScope, fail_after

from quickfix_ls.errors import KeyMissingError
from quickfix_ls.providers import Profile
from quickfix_ls.settings import ProviderSettings
from quickfix_ls.settings.provider import is_loopback

_COMMAND_SECONDS = 20.0


async def key_of(provider: ProviderSettings, profile: Profile, environ: Mapping[str, str] = os.environ) -> str:
    """Return the API key, empty for a server that requires none.

    A server on this machine needs no key unless the user names one. The command is run without a shell. Raises
    KeyMissingError if the variable is not set or the command fails. Cancellation ends the command.
    """
    if provider.api_key_command:
        return _checked(await _printed(provider.api_key_command), "the output of `apiKeyCommand`")
    variable = profile.key_env if provider.api_key_env is None else provider.api_key_env
    if not variable:
        return ""
    if not (key := environ.get(variable, "")):
        if provider.api_key_env is None and is_loopback(provider.base_url):
            return ""
        raise KeyMissingError(
            f"the environment variable {variable} with the key for {provider.kind} is not set. Set it, or "
            "`apiKeyEnv`, or `apiKeyCommand`."
        )
    return _checked(key, f"the environment variable {variable}")


async def _printed(command: tuple[str, ...]) -> str:
    """Run a command and return its output. Raises KeyMissingError if it fails. Cancellation ends the command."""
    from asyncio.subprocess import DEVNULL, PIPE

    try:
        process = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL)
    except (OSError, ValueError) as error:
        raise KeyMissingError(f"`apiKeyCommand` can't be started: {error}.") from None
    try:
        with fail_after(_COMMAND_SECONDS):
            output, _ = await process.communicate()
    except TimeoutError:
        raise KeyMissingError(f"`apiKeyCommand` did not end within {_COMMAND_SECONDS:.0f} s.") from None
    finally:
        if process.returncode is None:
            process.kill()
            with CancelScope(shield=True):
                await process.wait()
    if process.returncode:
        raise KeyMissingError(f"`apiKeyCommand` ended with exit code {process.returncode}. Run it by hand to see why.")
    return output.decode("utf-8", "replace")


def _checked(text: str, place: str) -> str:
    """Return the key in a string. Raises KeyMissingError if it is empty or can't be sent in an HTTP header."""
    key = text.strip()
    if not key:
        raise KeyMissingError(f"{place} is empty where a key should be.")
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise KeyMissingError(f"{place} is no key: there are spaces, line ends or other strange characters in it.")
    return key
