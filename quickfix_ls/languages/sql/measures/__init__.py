"""Features of SQL changes for ranking, in addition to those of every language; one subject a file."""

from __future__ import annotations

from quickfix_ls.languages.sql.measures.content import FEATURES as CONTENT
from quickfix_ls.languages.sql.measures.content import content_measures
from quickfix_ls.languages.sql.measures.names import FEATURES as NAMES
from quickfix_ls.languages.sql.measures.names import name_measures
from quickfix_ls.languages.sql.measures.topics import TOPICS
from quickfix_ls.ranking.features import Measures
from quickfix_ls.ranking.measures import Changed


def measure(changed: Changed) -> dict[str, float]:
    """Return the values of all SQL features for a change."""
    return {**content_measures(changed), **name_measures(changed)}


MEASURES = Measures((*CONTENT, *NAMES), measure, TOPICS)
