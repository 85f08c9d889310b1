"""Show a hit: where it matches, the passage that says so, its facts."""
