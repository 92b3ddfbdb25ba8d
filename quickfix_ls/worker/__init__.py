"""The resident child process that does the thinking, so that the server's event loop never waits for it.

`frames` is what the two say to each other, `client` the server's end, `process` and `service` the child's; `answers`
are those about one document, `generation` the models that it may ask.
"""
