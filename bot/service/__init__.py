"""A turn: records and engine in one transaction, and what falls due by itself."""
