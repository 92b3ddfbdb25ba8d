from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change, Refused

COST, STAGE = 1, "repair"


def check(change: Change) -> str:
    if kind_of(change.problem).proof != "analysis":
        return ""
    if change.candidate.edits[0].text not in change.index.summary.defined:
        raise Refused("it is undefined too")
    return "the name is defined"
