"""The commands about an offered action, which they name by the `id` in its data.

`ACCEPTED`: the action was accepted (every action carries this command, and a client runs it after the edit). `NEVER`:
its change must not be offered again.
"""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from quickfix_ls.errors import QuickfixError
from quickfix_ls.lsp.server_state import ServerState, ShownOffer
from quickfix_ls.refused_changes import add

ACCEPTED = "quickfix-ls.accepted"
NEVER = "quickfix-ls.never"


async def accepted(ls: ServerState, *arguments: Any) -> None:
    """Call the listeners of `on_accepted` with the offer that the arguments name.

    Unknown arguments are only logged: some clients send a command to every server, and the edit has been applied
    already.
    """
    shown = named_by(ls, arguments)
    if shown is None:
        ls.log.info("an action was accepted that is not known (any more): %r", arguments)
        return
    if document := ls.documents.get(shown.uri):
        document.typing.end()
    for listener in ls.on_accepted:
        listener(shown)


async def never(ls: ServerState, *arguments: Any) -> bool:
    """Never offer an action's change again, and return whether it is refused now.

    `quickfix-ls never` lists the refused changes and removes them from the list.
    """
    shown = named_by(ls, arguments)
    if shown is None:
        ls.log.info("an action was refused that is not known (any more): %r", arguments)
        return False
    try:
        add(shown.entry)
    except QuickfixError as error:
        ls.show_message(str(error), types.MessageType.Error)
        return False
    ls.log.info("never again: %s (%s)", shown.offer.candidate.title, shown.entry.key)
    return True


def named_by(ls: ServerState, arguments: tuple[Any, ...]) -> ShownOffer | None:
    """Return the offer that a command's arguments name; None if they name none of ours, or one that was dropped."""
    first = arguments[0] if arguments else None
    return ls.shown.get(str(first.get("id"))) if isinstance(first, dict) else None
