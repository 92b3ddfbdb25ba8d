"""The language model that the session's settings name, and the tokens that paid models took today."""

from __future__ import annotations

from collections.abc import Callable

from quickfix_ls.errors import QuickfixError
from quickfix_ls.settings import Settings
from quickfix_ls.worker.frames import Spending


def spending(settings: Settings) -> Spending:
    """Return the model and its tokens; nothing of both if none is asked. Reads the ledger."""
    if settings.provider is None or settings.generate_when == "never":
        return Spending()
    # Imported here: only a worker that asks models needs the gateway.
    from quickfix_ls.gateway.gateway import endpoint_for
    from quickfix_ls.gateway.ledger import Ledger, ledger_file

    ledger = Ledger(ledger_file())
    try:
        endpoint = endpoint_for(settings.provider)
        if not endpoint.profile.metered:
            return Spending(endpoint.model)
        return Spending(endpoint.model, ledger.taken_today(), settings.daily_tokens)
    except QuickfixError:
        # The log says why no model is asked; there are no figures to show.
        return Spending()
    finally:
        ledger.close()


class SpendingReport:
    """Tells the server of the spending when it has changed; `send` takes the message."""

    def __init__(self, send: Callable[[Spending], None]) -> None:
        self._send = send
        self._told = Spending()

    def tell(self, settings: Settings) -> None:
        """Send the present spending under some settings, unless it was told already."""
        now = spending(settings)
        if now != self._told:
            self._told = now
            self._send(now)
