"""Read one file or record and understand it: an article and its facts."""
