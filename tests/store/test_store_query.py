"""Reading with plain SQL changes nothing and reaches nothing else."""

from pathlib import Path

import pytest
from store_helpers import add_family, hashes

from bot.store.driver import Connection
from bot.store.errors import OpeningError, QueryError, WrongKeyError
from bot.store.key import Key
from bot.store.query import read_schema, run_query
from bot.store.records import Records


@pytest.fixture
def filled(records: Records, connection: Connection, path: Path) -> Path:
    for number in range(3):
        add_family(records, str(number))
    return path


def test_a_query_gives_columns_and_rows(filled: Path, key: Key) -> None:
    result = run_query(filled, key, "SELECT external_id AS who, language FROM parents ORDER BY who")
    assert result.columns == ("who", "language")
    assert result.rows == (("0", "en"), ("1", "en"), ("2", "en"))
    assert result.complete


def test_a_long_answer_is_cut_and_says_so(filled: Path, key: Key) -> None:
    result = run_query(filled, key, "SELECT id FROM parents ORDER BY id", most_rows=2)
    assert len(result.rows) == 2
    assert not result.complete
    assert run_query(filled, key, "SELECT id FROM parents", most_rows=3).complete


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*), max(id) FROM parents",
        "SELECT parents.id, nickname FROM parents JOIN children ON parent_id = parents.id",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT * FROM n",
        "SELECT datetime(created_at / 1000, 'unixepoch'), json_extract('{\"a\": 1}', '$.a') FROM parents",
        "SELECT name FROM pragma_table_info('parents')",
        "PRAGMA table_info(parents)",
        "PRAGMA integrity_check",
        "EXPLAIN QUERY PLAN SELECT * FROM parents",
        "VALUES (1)",
    ],
)
def test_all_that_only_reads_is_allowed(sql: str, filled: Path, key: Key) -> None:
    assert run_query(filled, key, sql).rows


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM parents",
        "UPDATE parents SET language = 'xx'",
        "INSERT INTO meta VALUES ('a', 'b')",
        "DROP TABLE parents",
        "CREATE TABLE more (id)",
        "CREATE TEMP TABLE more (id)",
        "ATTACH '{folder}/stolen.db' AS stolen KEY ''",
        "VACUUM INTO '{folder}/stolen.db'",
        "VACUUM",
        "ANALYZE",
        "BEGIN IMMEDIATE",
        "SAVEPOINT a",
        "PRAGMA query_only = OFF",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA key = 'other'",
        "PRAGMA rekey = 'other'",
        "PRAGMA wal_checkpoint",
        "PRAGMA cipher_log = '{folder}/stolen.db'",
        "SELECT load_extension('{folder}/evil')",
        "SELECT sqlcipher_export('main')",
        "SELECT writefile('{folder}/stolen.db', 'x')",
        "SELECT 1; DELETE FROM parents",
    ],
)
def test_all_that_does_more_is_refused_in_one_line_and_leaves_no_trace(
    sql: str, filled: Path, key: Key, tmp_path: Path, connection: Connection
) -> None:
    before = hashes(filled.parent)
    with pytest.raises(QueryError) as caught:
        run_query(filled, key, sql.format(folder=tmp_path))
    assert "\n" not in str(caught.value)
    assert {name: hash_ for name, hash_ in hashes(filled.parent).items() if "shm" not in name} == {
        name: hash_ for name, hash_ in before.items() if "shm" not in name
    }
    assert not (tmp_path / "stolen.db").exists()
    assert connection.execute("SELECT count(*) FROM parents").fetchone() == (3,)


@pytest.mark.parametrize("sql", ["SELEC 1", "SELECT nothing FROM parents", "SELECT * FROM nowhere", "SELECT '\0'"])
def test_a_mistake_is_told_in_the_words_of_sqlite(sql: str, filled: Path, key: Key) -> None:
    with pytest.raises(QueryError, match=r"SQLite says|no SQL"):
        run_query(filled, key, sql)


def test_a_query_with_the_wrong_key_is_refused(filled: Path) -> None:
    with pytest.raises(WrongKeyError):
        run_query(filled, Key("a5" * 32), "SELECT 1")
    with pytest.raises(WrongKeyError):
        read_schema(filled, Key("a5" * 32))


def test_a_query_makes_no_database(path: Path, key: Key) -> None:
    with pytest.raises(OpeningError, match="no database here"):
        run_query(path, key, "SELECT 1")
    assert not path.exists()


def test_the_schema_shows_tables_and_their_indexes(filled: Path, key: Key) -> None:
    schema = read_schema(filled, key)
    assert any("CREATE TABLE parents" in statement for statement in schema)
    assert any("CREATE INDEX outbox_waiting" in statement for statement in schema)
    assert not any("sqlite_sequence" in statement for statement in schema)
