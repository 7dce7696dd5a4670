"""`steady explain`: where a sentence comes from, and why it was said."""
