"""From a region to whole repairs of it: those that a search over single steps finds, and those that a model writes.

`steps` proposes, validates and ranks what one step may be (`valid_candidate`); `search` joins steps to whole repairs
(`repair`), best first; `merged_ranking` puts a model's repairs beside them; `allowed` is what the user's rules let
through.
"""
