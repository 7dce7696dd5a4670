"""Plain language: how hard a text for parents is to read, and what to mend where it is too hard."""
