"""SQLite: opening, migrations, the single writer, and all SQL."""
