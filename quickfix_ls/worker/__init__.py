"""The resident child process that does the thinking, so that the server's event loop never waits for it.

`frames` is what the two say to each other. The server's end is `client`, whose process `supervisor` keeps running. The
child's is `process` and `service`; `documents` are those that are open, `answers` are about one of them, made from the
`evidence`, and `generation` has the models that it may ask.
"""
