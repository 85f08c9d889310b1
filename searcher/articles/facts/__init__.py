"""One module a fact: source, dates, people, language."""
