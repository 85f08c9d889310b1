"""The query language: text to tree and back. Knows no index."""
