"""The ledger and the caps, over restarts and between processes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from quickfix_ls.errors import WithheldError
from quickfix_ls.gateway.ledger import Caps, Ledger, ledger_file
from quickfix_ls.values import Usage

NOON = time.mktime((2024, 2, 28, 12, 0, 0, 0, 0, -1))
DAY = 86_400.0


def spend(path: Path, now: float, caps: Caps, most: Usage = Usage(60, 40), took: Usage = Usage(50, 20)) -> None:  # noqa: B008
    book = Ledger(path, lambda: now)
    try:
        book.end(book.begin("host", "m", most, caps), took, "complete")
    finally:
        book.close()


def test_rows_are_as_they_were_written(ledger: Path) -> None:
    book = Ledger(ledger, now=lambda: NOON)
    number = book.begin("host:1", "m", Usage(60, 40), Caps())
    assert book.entries() == ((NOON, "host:1", "m", True, 60, 40, 0, "open"),)
    book.end(number, Usage(55, 5, 33), "complete")
    assert book.entries() == ((NOON, "host:1", "m", True, 55, 5, 33, "complete"),)
    assert book.entries(NOON + 1) == ()
    book.close()


def test_the_cap_of_a_day_counts_what_was_taken_that_day(ledger: Path) -> None:
    caps = Caps(daily=170)
    spend(ledger, NOON, caps)
    spend(ledger, NOON + 3600, caps)
    with pytest.raises(WithheldError, match="140 tokens were taken today, and 100 more could pass the cap of 170"):
        spend(ledger, NOON + 7200, caps)
    spend(ledger, NOON + DAY, caps)


def test_the_cap_of_a_month_counts_what_was_taken_that_month(ledger: Path) -> None:
    caps = Caps(monthly=170)
    spend(ledger, NOON, caps)
    spend(ledger, NOON + DAY, caps)
    with pytest.raises(WithheldError, match=r"this month.*`monthlyTokens`"):
        spend(ledger, NOON + DAY + 1, caps)
    # The next day is the first of March.
    spend(ledger, NOON + 2 * DAY, caps)


def test_what_is_under_way_counts_with_the_most_that_it_may_take(ledger: Path) -> None:
    book = Ledger(ledger, lambda: NOON)
    number = book.begin("host", "m", Usage(60, 40), Caps(daily=150))
    with pytest.raises(WithheldError):
        book.begin("host", "m", Usage(60, 40), Caps(daily=150))
    book.begin("host", "free", Usage(60, 40))
    book.end(number, Usage(30, 1), "closed")
    book.begin("host", "m", Usage(60, 40), Caps(daily=150))
    book.close()


def test_a_cap_of_nothing_lets_nothing_pass(ledger: Path) -> None:
    with pytest.raises(WithheldError, match="0 tokens were taken today"):
        spend(ledger, NOON, Caps(daily=0))


def test_several_processes_do_not_pass_a_cap_together(ledger: Path) -> None:
    code = f"""
from pathlib import Path
from quickfix_ls.errors import WithheldError
from quickfix_ls.gateway.ledger import Caps, Ledger
from quickfix_ls.values import Usage
book, passed = Ledger(Path({str(ledger)!r})), 0
for _ in range(40):
    try:
        number = book.begin("host", "m", Usage(10, 10), Caps(daily=1000))
        book.end(number, Usage(10, 10), "complete")
        passed += 1
    except WithheldError as error:
        assert "cap" in str(error), error
print(passed)
"""
    both = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sum(int(one.communicate(timeout=60)[0]) for one in both) == 50


@pytest.mark.parametrize("damage", ["text", "folder"])
def test_what_can_not_be_written_down_is_not_sent(ledger: Path, damage: str) -> None:
    ledger.parent.mkdir()
    if damage == "text":
        ledger.write_bytes(b"no database at all, but long enough to be read as the head of one" * 20)
    else:
        ledger.mkdir()
    with pytest.raises(WithheldError, match=r"can't be read or written .* nothing is sent. Mend or delete it"):
        spend(ledger, NOON, Caps())


def test_old_rows_are_forgotten(ledger: Path) -> None:
    spend(ledger, NOON, Caps())
    spend(ledger, NOON + 401 * DAY, Caps())
    book = Ledger(ledger, now=lambda: NOON + 401 * DAY)
    assert [row.at for row in book.entries()] == [NOON + 401 * DAY]
    book.close()


def test_it_lies_in_the_users_state_folder(own_state: Path) -> None:
    assert ledger_file() == own_state / "quickfix-ls" / "ledger.sqlite3"
