"""Values that are read in the background: the last one counts until the next one is there."""

from __future__ import annotations

import threading

from quickfix_ls.schema.background import SlowValue

BOUND = 30


def test_a_patient_caller_gets_the_present_value_and_another_one_the_last() -> None:
    may_read = threading.Event()

    def read(last: int) -> int:
        assert may_read.wait(BOUND)
        return last + 1

    value = SlowValue(read, lambda last, age, took: False, 0)
    assert value.soon() == 0
    may_read.set()
    assert value.now() == 1
    assert value.soon() == 1


def test_many_callers_cause_one_reading() -> None:
    readings = []

    def read(last: int) -> int:
        readings.append(last)
        return last + 1

    value = SlowValue(read, lambda last, age, took: False, 0)
    found: list[int] = []
    callers = [threading.Thread(target=lambda: found.append(value.now())) for _ in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(BOUND)
    assert (readings, found) == ([0], [1] * 8)
