"""The tables in SQLite, one module per noun; each implements its part of `records.py`."""
