"""The commands, one module each, imported when used; each offers its `command`."""
