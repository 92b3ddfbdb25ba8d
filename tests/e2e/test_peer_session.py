"""The client that compares servers: it applies what is offered, and lives through servers that don't."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.peer_rows import PeerRow
from benchmarks.peer_servers import Server, servers
from benchmarks.peer_sessions import Answer, Session
from quickfix_ls.training.execution import ProgramTests
from quickfix_ls.training.rows import Behaviour, Row

TESTS = ProgramTests('[{"call": "double(2)", "expect": "4"}]')
BROKEN, FIXED = "def double(x)\n    return 2 * x\n", "def double(x):\n    return 2 * x\n"
COLON = PeerRow("", "syntax", Row("colon", "syntax", BROKEN, FIXED, "expected ':'", 1, 1, "", TESTS, "SyntaxError"))
FINE = PeerRow("", "type", Row("fine", "type", "x = 1\n", "x = 2\n", "", 1, 1))
ENDS_SOON = """
import sys
size = int(sys.stdin.buffer.readline().split(b":")[1])
sys.stdin.buffer.read(2 + size)
body = b'{"jsonrpc":"2.0","id":1,"result":{"capabilities":{}}}'
sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n%s" % (len(body), body))
sys.stdout.flush()
sys.stdin.buffer.readline()
"""


async def test_our_own_fix_is_applied_and_compared(tmp_path: Path) -> None:
    (ours,) = servers(tmp_path)
    session = await Session.start(ours, tmp_path)
    try:
        found = await session.answer(COLON)
        assert (found.is_diagnosed, found.rank) == (True, 0)
        assert found.offers >= 1
        assert found.ms is not None
        assert found.behaviour == Behaviour(error_gone=True, tests_pass=True)
        silent = await session.answer(FINE)
        assert (silent.is_diagnosed, silent.offers, silent.rank) == (False, 0, None)
        assert session.restarts == 0
    finally:
        await session.stop()


async def test_a_server_that_ends_is_started_again(tmp_path: Path) -> None:
    session = await Session.start(Server("dying", (sys.executable, "-c", ENDS_SOON), "0"), tmp_path)
    try:
        nothing = Answer(behaviour=Behaviour(error_gone=False, tests_pass=False))
        assert [await session.answer(COLON), await session.answer(FINE)] == [nothing, Answer()]
        assert session.restarts == 2
    finally:
        await session.stop()
