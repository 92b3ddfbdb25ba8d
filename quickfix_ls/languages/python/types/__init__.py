"""Inferred types: the members of an expression, the parameters of a call.

ty infers them, or jedi where ty is not installed (the extra `types` has both), by reading sources and stubs; no code of
the project is run, and none of its configuration is read. Each works in a process of its own, which `resident` starts
and ends: `ty_service` and `jedi_service` say how they are asked. `by_ty` asks ty's language server, with the
configuration of `ty_workspace`; `jedi_process` is the main loop of jedi's process, and only `by_jedi` uses jedi.
`inquiries` defines the messages; `doubts` selects the questions about a file and interprets the answers;
`type_evidence` is the interface for the worker.
"""
