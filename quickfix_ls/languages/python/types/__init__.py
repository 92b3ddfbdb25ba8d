"""What the types of other code say: the members of an expression, the parameters of what is called.

jedi works them out, where it is installed (the extra `types`), by reading sources and stubs; nothing of the project is
run. It may take seconds, so it has a process of its own: `resident` starts and ends it, `process` is its inside, and
`by_jedi` alone knows jedi. `facts` is what the two say to each other; `findings` tells what may be asked about a file
and what the answers mean; `evidence` is all of it as the worker asks for it.
"""
