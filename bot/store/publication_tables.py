"""The tables of migration m004: which version was published when, and where running checks may move on."""

_CLASSES = "('wording', 'stricter', 'looser', 'structural')"

# A version may be published more than once (put back, or once more for parents): `script_versions` holds the files,
# `publications` each time that they went out. No foreign key: files to which nothing refers go, their history stays.
PUBLICATIONS = (
    f"""
    CREATE TABLE publications (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        hash TEXT NOT NULL,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('first start', 'publish', 'rollback')),
        note TEXT NOT NULL,
        certificate TEXT,
        approved_by TEXT,
        for_parents INTEGER NOT NULL CHECK (for_parents IN (0, 1)),
        edit_class TEXT CHECK (edit_class IN {_CLASSES}),
        restores INTEGER
    ) STRICT
    """,
    f"""
    CREATE TABLE version_moves (
        from_hash TEXT NOT NULL,
        to_hash TEXT NOT NULL,
        edit_class TEXT NOT NULL CHECK (edit_class IN {_CLASSES}),
        PRIMARY KEY (to_hash, from_hash)
    ) STRICT, WITHOUT ROWID
    """,
    # For the question which versions somebody still talks with.
    "CREATE INDEX sessions_of_version ON sessions (script_version, updated_at)",
    # Which version said it, so that it can be explained from that one.
    "ALTER TABLE outbox ADD COLUMN script_version TEXT",
)
