"""Call LightGBM's C library by ctypes: this takes a tenth of the start-up time of its Python package, and no numpy.

The functions are those of LightGBM's `c_api.h`, whose names, arguments and constants are stable since version 2.
"""

from __future__ import annotations

import ctypes
import logging
import sys
import weakref
from array import array
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from quickfix_ls.errors import LibraryError

_FLOAT64, _ROW_MAJOR, _ALL_TREES = 1, 1, -1
_RAW_SCORE, _CONTRIBUTIONS = 1, 3
# More threads cost more than they save on a handful of rows.
_PARAMETERS = b"num_threads=1 verbosity=-1"
_FILES = ("lib_lightgbm.so", "lib_lightgbm.dylib", "lib_lightgbm.dll", "lightgbm.dll")
_FOLDERS = ("lib", "bin", ".", "compile")
_log = logging.getLogger(__name__)


class Booster:
    """A model of boosted trees with one output. Its trees are freed by `close`, or with the object."""

    def __init__(self, text: bytes) -> None:
        """Load a model from LightGBM's text format.

        Raises ValueError if LightGBM refuses the text, LibraryError if its library can't be opened. The text must come
        from a trusted place, or be checked by `tree_text`: LightGBM's parser may crash on damaged input.
        """
        if not text.startswith(b"tree\n") or b"\nend of trees" not in text or b"\0" in text:
            raise ValueError("it is not a model of LightGBM")
        self._library = library()
        self._handle = ctypes.c_void_p()
        iterations = ctypes.c_int()
        self._call("LGBM_BoosterLoadModelFromString", text, ctypes.byref(iterations), ctypes.byref(self._handle))
        self._free = weakref.finalize(self, _free, self._library, self._handle)
        self.features = self._number("LGBM_BoosterGetNumFeature")
        if self._number("LGBM_BoosterGetNumClasses") != 1:
            self.close()
            raise ValueError("it has several outputs")

    def raw(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the sum of the leaf values for each row; a row has `features` numbers.

        Raises ValueError for rows of another length, or if the model is closed.
        """
        return self._predict(rows, _RAW_SCORE, 1)

    def contributions(self, row: Sequence[float]) -> list[float]:
        """Return each feature's contribution to the raw score of one row; the remaining term is the same for all rows.

        These are SHAP values (S. Lundberg and others, Nature Machine Intelligence 2, 2020); computing them takes as
        long as a hundred raw scores. Raises ValueError as `raw` does.
        """
        return self._predict([row], _CONTRIBUTIONS, self.features + 1)[: self.features]

    def _predict(self, rows: Sequence[Sequence[float]], kind: int, outputs: int) -> list[float]:
        if not self._free.alive:
            raise ValueError("the model is closed")
        if any(len(row) != self.features for row in rows):
            raise ValueError(f"a row has another length than {self.features}")
        if not rows:
            return []
        data = array("d", chain.from_iterable(rows))
        address, _ = data.buffer_info()
        result = (ctypes.c_double * (len(rows) * outputs))()
        self._call(
            "LGBM_BoosterPredictForMat",
            self._handle,
            ctypes.c_void_p(address),
            ctypes.c_int(_FLOAT64),
            ctypes.c_int32(len(rows)),
            ctypes.c_int32(self.features),
            ctypes.c_int(_ROW_MAJOR),
            ctypes.c_int(kind),
            ctypes.c_int(0),
            ctypes.c_int(_ALL_TREES),
            ctypes.c_char_p(_PARAMETERS),
            ctypes.byref(ctypes.c_int64()),
            result,
        )
        return list(result)

    def close(self) -> None:
        """Free the trees. Closing twice does nothing."""
        self._free()

    def _number(self, function: str) -> int:
        found = ctypes.c_int()
        self._call(function, self._handle, ctypes.byref(found))
        return found.value

    def _call(self, function: str, *arguments: object) -> None:
        if getattr(self._library, function)(*arguments):
            reason: bytes = self._library.LGBM_GetLastError()
            raise ValueError(f"LightGBM says: {reason.decode(errors='replace')}")


@cache
def library() -> ctypes.CDLL:
    """Find and open LightGBM's library, once. Raises LibraryError with a remedy if it is missing or can't be opened."""
    spec = find_spec("lightgbm")
    folders = [Path(root) / folder for root in (spec and spec.submodule_search_locations) or () for folder in _FOLDERS]
    found = next((folder / file for folder in folders for file in _FILES if (folder / file).is_file()), None)
    if found is None:
        raise LibraryError("LightGBM is not installed: `pip install lightgbm`, or choose the selector `logistic`.")
    return open_library(found)


def open_library(path: Path) -> ctypes.CDLL:
    """Open LightGBM's library from a file. Raises LibraryError with a remedy if it can't be opened."""
    try:
        opened = ctypes.CDLL(str(path))
        opened.LGBM_GetLastError.restype = ctypes.c_char_p
        # Its log output must not go to standard output, where a server writes its protocol messages.
        opened.LGBM_RegisterLogCallback(_log_callback)
    except (OSError, AttributeError) as error:
        raise LibraryError(f"LightGBM's library can't be opened ({error}). {_cure()}") from None
    return opened


def _cure() -> str:
    if sys.platform == "darwin":
        return "Install OpenMP with `brew install libomp`, or choose the selector `logistic`."
    if sys.platform == "win32":
        return "Install the Microsoft Visual C++ Redistributable, or choose the selector `logistic`."
    return "Install OpenMP (for example `apt-get install libgomp1`), or choose the selector `logistic`."


def _free(opened: ctypes.CDLL, handle: ctypes.c_void_p) -> None:
    opened.LGBM_BoosterFree(handle)


def _forward(message: bytes) -> None:
    if text := message.decode(errors="replace").strip():
        _log.debug("LightGBM: %s", text)


# The library keeps the callback's address, so this reference must live as long as the library is loaded.
_log_callback = ctypes.CFUNCTYPE(None, ctypes.c_char_p)(_forward)
