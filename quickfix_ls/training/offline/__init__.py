"""The selectors compared offline: all on the same stored candidates, none on problems that it was fitted on.

`data` has the candidates as arrays, `splits` who is fitted and who is tested on, `ways` the selectors, `measures` and
`significance` the figures; `compare` puts them together, `importance`, `pool` and `timing` add what a table can't say.
"""
