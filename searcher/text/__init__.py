"""Words, stems, sentences and folding: what a text is made of. Pure functions of text."""
