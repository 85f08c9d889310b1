"""The command line: `searcher`, one module a command, no search logic.

`main` maps errors to exit codes, `output` alone writes to stdout, `narration` to stderr; `layout` makes text for people
and `records` the shapes that scripts rely on.
"""
