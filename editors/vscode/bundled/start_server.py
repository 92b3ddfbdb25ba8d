"""Start the server: `python -E start_server.py LIBS serve ...`.

LIBS is the folder of the bundled packages, which win over installed ones, or empty for the server of the interpreter's
own environment. Python has put this script's folder first on `sys.path`, where nothing is to be imported from.
"""

import sys

libs = sys.argv.pop(1)
sys.path[:1] = [libs] if libs else []

from quickfix_ls.__main__ import main  # noqa: E402 - the path comes first

sys.exit(main())
