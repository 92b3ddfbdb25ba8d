"""The child process that computes all answers, so that the server's event loop never waits for a computation.

`frames` defines the messages between the two processes. The server uses `client`, whose process `supervisor` keeps
running. The child runs `process` and `service`: `open_documents` holds the open documents, `answers` answers the
questions about one of them from the `evidence` about its problems, and `resources` holds the pipelines, the models
(`generation`), the checkers (`checking`) and the types (`type_lookup`) that answers need.
"""
