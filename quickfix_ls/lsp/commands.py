"""The command that every offered action carries: a client runs it after the edit, which tells us of
acceptance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quickfix_ls.lsp.session import QuickfixServer

ACCEPTED = "quickfix-ls.accepted"


async def accepted(ls: QuickfixServer, *arguments: Any) -> None:
    """Note that an offer was accepted. Whatever the arguments are, this is no error: some clients send a
    command to every server, and the edit has been applied already."""
    first = arguments[0] if arguments else None
    shown = ls.shown.get(str(first.get("id"))) if isinstance(first, dict) else None
    if shown is None:
        ls.log.info("an action was accepted that is not known (any more): %r", arguments)
        return
    for listener in ls.on_accepted:
        listener(shown)
