"""Turn files into an index: walk, skip what is unchanged, read, write, report."""
