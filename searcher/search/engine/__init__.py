"""Run a `whoosh.query` over whole arrays: the same articles, order and scores as Whoosh, sooner."""
