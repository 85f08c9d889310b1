"""The terminal UI: a thin face on the archive."""
