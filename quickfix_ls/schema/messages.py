"""Messages about sources of schemas for the log, which are looked at every second and told once."""

from __future__ import annotations

import logging
from functools import lru_cache

logger = logging.getLogger(__name__)


@lru_cache(maxsize=256)
def warn_once(message: str) -> None:
    """Write a warning to the log, unless it was written before."""
    logger.warning("%s", message)
