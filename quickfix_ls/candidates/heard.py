"""What comes back to those who propose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Heard:
    """Whether the candidate that was proposed last `passed` validation: a source that proposes the best first can end
    where nothing better is to come."""

    passed: bool = False
