"""The commands about an offered action, which name it by the `id` in its data: that it was accepted (every action
carries that command, and a client runs it after the edit), and that it shall never be offered again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from quickfix_ls.errors import QuickfixError
from quickfix_ls.refused_changes import add

if TYPE_CHECKING:
    from quickfix_ls.lsp.code_actions import Shown
    from quickfix_ls.lsp.session import QuickfixServer

ACCEPTED = "quickfix-ls.accepted"
NEVER = "quickfix-ls.never"


async def accepted(ls: QuickfixServer, *arguments: Any) -> None:
    """Note that an offer was accepted. Whatever the arguments are, this is no error: some clients send a
    command to every server, and the edit has been applied already."""
    shown = _named_by(ls, arguments)
    if shown is None:
        ls.log.info("an action was accepted that is not known (any more): %r", arguments)
        return
    for listener in ls.on_accepted:
        listener(shown)


async def never(ls: QuickfixServer, *arguments: Any) -> bool:
    """Never offer an action's change again; whether it is refused now. `quickfix-ls never` lists and undoes it."""
    shown = _named_by(ls, arguments)
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


def _named_by(ls: QuickfixServer, arguments: tuple[Any, ...]) -> Shown | None:
    """The offer whose action a command's arguments name; None where they are somebody else's, or it is forgotten."""
    first = arguments[0] if arguments else None
    return ls.shown.get(str(first.get("id"))) if isinstance(first, dict) else None
