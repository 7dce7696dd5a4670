"""How a chat reaches us and how our messages reach a parent."""
