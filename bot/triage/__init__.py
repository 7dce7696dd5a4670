"""From facts to a level with reasons: red flags, gates and the combination logic."""
