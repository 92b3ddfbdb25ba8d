"""A kind of database that can be asked about statements, and its answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple


class Explained(NamedTuple):
    """Whether a database prepares a statement.

    - `accepted`: it does; `rejected`: it reports the error `reason`.
    - `refused`: the statement was not sent, since it could do more than read, for the `reason`.
    - `unknown`: the database could not be asked, for the `reason`, which has no part of the connection's URL.
    """

    state: Literal["accepted", "rejected", "refused", "unknown"]
    reason: str = ""


ACCEPTED = Explained("accepted")


class Engine(NamedTuple):
    """A kind of database: its `dialect`, and the `schemes` of its URLs.

    `explain(url, statement, seconds)` asks it in a way that could not change anything even if the statement could.
    Blocks.
    """

    dialect: str
    schemes: tuple[str, ...]
    explain: Callable[[str, str, float], Explained]
