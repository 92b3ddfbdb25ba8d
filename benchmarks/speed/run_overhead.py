"""`quickfix-ls run` beside plain `python`: a program that runs for a second, and from its error to the fix.

python benchmarks/speed/run_overhead.py [--runs N]

The two take turns, so that a busy machine slows both. Of an error, the time is that from its traceback on standard
error to the end of the command, which has shown the fix by then.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

CLEAN = "import time\nend = time.perf_counter() + 1\nwhile time.perf_counter() < end:\n    pass\n"
FAILING = "price = 3\nprint(pric)\n"
OURS = [sys.executable, "-m", "quickfix_ls", "run", "--python", sys.executable]
MOST_RATIO, MOST_MORE_MS, MOST_UNTIL_FIX_MS = 1.05, 100.0, 300.0


def wall_ms(command: Sequence[str]) -> float:
    """Milliseconds that a command takes."""
    began = time.perf_counter()
    subprocess.run(command, check=True)
    return (time.perf_counter() - began) * 1000


def until_fix_ms(script: str) -> float:
    """Milliseconds from the last line of the traceback to the end of the command."""
    with subprocess.Popen([*OURS, script], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        while not process.stderr.readline().startswith("NameError"):
            if process.poll() is not None:
                raise SystemExit("the program has not failed as it should")
        began = time.perf_counter()
        below = process.stderr.read()
    if "print(price)" not in below:
        raise SystemExit("no fix was shown")
    return (time.perf_counter() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        clean, failing = Path(folder, "clean.py"), Path(folder, "failing.py")
        clean.write_text(CLEAN, encoding="utf-8")
        failing.write_text(FAILING, encoding="utf-8")
        pairs = [(wall_ms([sys.executable, str(clean)]), wall_ms([*OURS, str(clean)])) for _ in range(runs)]
        fixes = [until_fix_ms(str(failing)) for _ in range(runs)]
    plain, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    allowed = plain * MOST_RATIO + MOST_MORE_MS
    print(f"plain {plain:.0f} ms, run {ours:.0f} ms: {ours / plain:.3f}x, {ours - plain:+.0f} ms (most: {allowed:.0f})")
    print(f"error to fix shown: median {statistics.median(fixes):.0f} ms (target {MOST_UNTIL_FIX_MS:.0f} ms)")


if __name__ == "__main__":
    main()
