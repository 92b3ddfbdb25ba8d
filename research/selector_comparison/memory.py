"""How much memory this process has; it imports next to nothing, so that it can be asked before anything is loaded."""

from __future__ import annotations

from pathlib import Path

_STATUS = Path("/proc/self/status")


def resident() -> float:
    """Megabytes that are resident now; nan where the system doesn't say."""
    try:
        lines = _STATUS.read_text(encoding="ascii").splitlines()
    except OSError:
        return float("nan")
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))
