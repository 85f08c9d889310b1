"""Answer a query: compile, execute, rank, and say why."""
