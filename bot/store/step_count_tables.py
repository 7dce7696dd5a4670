"""The table of how many parents went on or left at each question, as migration 6 makes it."""

# No id of anybody, no time finer than a day, no answer (docs/decisions: counters without parents).
STEP_COUNTS = """
    CREATE TABLE step_counts (
        day TEXT NOT NULL,
        version TEXT NOT NULL,
        dialog TEXT NOT NULL,
        origin TEXT NOT NULL,
        step TEXT NOT NULL,
        parents INTEGER NOT NULL,
        PRIMARY KEY (day, version, dialog, origin, step)
    ) STRICT, WITHOUT ROWID
"""
