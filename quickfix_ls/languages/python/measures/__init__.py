"""Features of Python changes for ranking, in addition to those of every language; one subject a file."""

from __future__ import annotations

from quickfix_ls.languages.python.measures.brackets import FEATURES as BRACKETS
from quickfix_ls.languages.python.measures.brackets import bracket_measures
from quickfix_ls.languages.python.measures.content import content_measures
from quickfix_ls.languages.python.measures.headers import header_measures
from quickfix_ls.languages.python.measures.meaning import meaning_measures
from quickfix_ls.languages.python.measures.name_certainty import FEATURES as NAME_CERTAINTY
from quickfix_ls.languages.python.measures.name_certainty import certainty_measures
from quickfix_ls.languages.python.measures.name_evidence import FEATURES as NAME_EVIDENCE
from quickfix_ls.languages.python.measures.name_evidence import evidence_measures
from quickfix_ls.languages.python.measures.names import name_measures
from quickfix_ls.languages.python.measures.strings import string_measures
from quickfix_ls.languages.python.measures.topics import TOPICS
from quickfix_ls.ranking.features import Feature, Measures, category
from quickfix_ls.ranking.measures import Changed

_OWN: tuple[Feature, ...] = (
    Feature("headers", "lines with a header's first word and colon, less those with one of the two", "lines", -50, 50),
    Feature("odd_strings", "strings with a lone quote or bracket afterwards", "strings", 0, 50),
    Feature("odd_strings_before", "the same before", "strings", 0, 50),
    Feature("edge_quotes", "strings that begin or end with a lone quote inside", "strings", 0, 50),
    Feature("usual_quotes", "other strings of the region that use the quotes of the edited one", "ratio", 0, 1),
    Feature("string_chars", "by how much strings and comments grow", "characters", -500, 500),
    Feature("fresh_names", "names in the edited lines that are none before, and none elsewhere", "names", 0, 50),
    Feature("new_undefined", "names that are undefined afterwards", "names", 0, 50),
    Feature("idle_statements", "statements without effect in the edited lines (`a == b`)", "statements", 0, 50),
    Feature("odd_tuples", "tuples without brackets in a statement's value there", "tuples", 0, 50),
    Feature("annotations", "annotated names without a value there (`x: y`)", "statements", 0, 50),
    Feature("called_constants", "literals that are called or subscripted there", "places", 0, 20),
    Feature("name_distance", "OSA distance of the names; -1 where none is replaced", "edits", -1, 30),
    Feature("name_ratio", "similarity of the two names, upper and lower case alike", "ratio", 0, 1),
    Feature("name_length", "of the old name", "characters", 0, 80),
    Feature("name_count", "occurrences of the new name in the region, log2(1 + n)", "log2", 0, 12),
    Feature("name_gap", "lines to its nearest occurrence", "lines", 0, 1000),
    category("name_origin", "where the new name comes from"),
    Feature("name_rivals", "visible names that are as near or nearer", "names", 0, 50),
    Feature("name_unread", "nothing reads the new name so far", "flag", 0, 1),
    Feature("names_unread", "local names that nothing reads", "names", 0, 50),
    Feature("same_initial", "the first letters agree", "flag", 0, 1),
    Feature("content_removed", "words of content that go and come in no other form", "words", 0, 200),
    Feature("literals_removed", "those of numbers, strings and constants", "words", 0, 200),
    Feature("keywords_removed", "those that are keywords, decorators or signs before operands", "words", 0, 50),
    Feature("statements_removed", "whole statements that go", "statements", 0, 50),
    Feature("strays_removed", "words that go and are plainly stray, such as the same twice", "words", 0, 200),
    Feature("popularity", "how common an import is in the corpus, log2(1 + n)", "log2", 0, 20),
    *NAME_EVIDENCE,
    *NAME_CERTAINTY,
    *BRACKETS,
)  # fmt: skip


def measure(changed: Changed) -> dict[str, float]:
    """Return the values of all Python features for a change."""
    return {
        **header_measures(changed),
        **string_measures(changed),
        **meaning_measures(changed),
        **name_measures(changed),
        **content_measures(changed),
        **evidence_measures(changed),
        **certainty_measures(changed),
        **bracket_measures(changed),
    }


MEASURES = Measures(_OWN, measure, TOPICS)
FEATURES = MEASURES.table
FEATURE_NAMES = MEASURES.names
