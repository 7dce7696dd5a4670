"""The commands in groups: options in, lines out; all work is done below."""
