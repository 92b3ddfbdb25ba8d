"""The constants of other languages, and common misspellings, with Python's."""

from __future__ import annotations

FOREIGN_CONSTANTS = {
    "true": "True",
    "TRUE": "True",
    "false": "False",
    "FALSE": "False",
    "null": "None",
    "NULL": "None",
    "Null": "None",
    "nil": "None",
    "none": "None",
    "NONE": "None",
    "undefined": "None",
    "nullptr": "None",
}
