"""The table of what parents want to ask the doctor, as migration 5 makes it."""

OWN_QUESTIONS = (
    """
    CREATE TABLE own_questions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        parent_id INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE,
        child_id INTEGER NOT NULL REFERENCES children (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        asked_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX own_questions_of_child ON own_questions (child_id, id)",
    "CREATE INDEX own_questions_of_parent ON own_questions (parent_id)",
)
