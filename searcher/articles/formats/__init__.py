"""One module a file format; each turns bytes into drafts of articles."""
