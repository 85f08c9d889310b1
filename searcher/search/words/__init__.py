"""Which words of the archive does a pattern, a misspelling or a beginning stand for?"""
