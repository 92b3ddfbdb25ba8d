"""The selectors compared offline: all on the same stored candidates, none on problems that it was fitted on.

`splits` says what is fitted and tested on, `ways` has the selectors, `measures` and `significance` the figures;
`compare` puts them together, `importance`, `pool` and `timing` add what a table can't say; `evaluation` runs it all.
"""
