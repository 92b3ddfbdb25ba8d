"""What the types of other code say: the members of an expression, the parameters of what is called.

jedi works them out, where it is installed (the extra `types`), by reading sources and stubs; nothing of the project is
run. It may take seconds, so it has a process of its own: `resident` starts and ends it, `process` is its inside, and
`by_jedi` alone knows jedi. `facts` is what the two say to each other.
"""

from __future__ import annotations

from quickfix_ls.languages.python.types.facts import Facts, Inquiry, Kind, Question
from quickfix_ls.languages.python.types.resident import Resident, is_installed
from quickfix_ls.languages.python.types.search_path import folders_for, search_path

__all__ = ["Facts", "Inquiry", "Kind", "Question", "Resident", "folders_for", "is_installed", "search_path"]
