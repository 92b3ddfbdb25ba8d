"""Find complete repairs of a region: by a search over single steps, and from the answers of a language model.

`expansion` proposes, validates and ranks the candidates for one step (`valid_candidate`); `search` combines steps into
complete repairs (`repair`), best first; `merged_ranking` ranks a model's repairs together with them; `user_rules`
filters offers by the user's settings.
"""
