"""The quality report: from the outcomes of cross-validation to figures, to a page, to pictures.

`records` reads what `training.outcomes` wrote; `figures` counts it; `reach` says of each miss why it was one; `misses`
shows the worst; `page` and `plots` put it before a reader. `python -m research.quality_report` runs all of them.
"""
