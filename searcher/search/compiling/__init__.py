"""From what a query asks for to a `whoosh.query` that finds it in one archive."""
