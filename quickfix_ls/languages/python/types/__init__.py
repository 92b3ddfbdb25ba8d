"""Inferred types: the members of an expression, the parameters of a call.

jedi infers them, if it is installed (the extra `types`), by reading sources and stubs; no code of the project is run.
It may take seconds, so it runs in a process of its own: `resident` starts and ends it, `jedi_process` is its main loop,
and only `by_jedi` uses jedi. `inquiries` defines the messages between the two; `doubts` selects the questions about a
file and interprets the answers; `type_evidence` is the interface for the worker.
"""
