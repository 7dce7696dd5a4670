"""Reading with plain SQL, for operators: nothing can be changed, and no other file reached."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.store import driver
from bot.store.database import open_for_reading
from bot.store.errors import QueryError
from bot.store.key import Key

# A read-only connection alone is not enough: with ATTACH it makes new files, and pragmas change how it works.
_PRAGMAS = frozenset(
    {
        "database_list",
        "foreign_key_check",
        "foreign_key_list",
        "index_info",
        "index_list",
        "index_xinfo",
        "integrity_check",
        "page_count",
        "page_size",
        "quick_check",
        "table_info",
        "table_list",
        "table_xinfo",
    }
)
_FUNCTIONS_THAT_DO_MORE = frozenset({"load_extension", "sqlcipher_export", "fts3_tokenizer"})

_SCHEMA = """
    SELECT sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    ORDER BY tbl_name, type DESC, name
"""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query found; `complete` is False where there were more rows than asked for."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    complete: bool


def run_query(path: Path, key: Key, sql: str, *, most_rows: int = 1000) -> QueryResult:
    """Run one statement that only reads."""
    connection = open_for_reading(path, key)
    try:
        connection.set_authorizer(_authorize)
        cursor = connection.execute(sql)
        rows = cursor.fetchmany(most_rows + 1)
        columns = tuple(str(column[0]) for column in cursor.description or ())
    except driver.Error as error:
        raise _refused(error) from None
    except driver.Warned:
        raise QueryError("these are several statements.", cure="Ask one at a time.") from None
    except ValueError as error:
        raise QueryError(f"this is no SQL: {error}.") from None
    finally:
        connection.close()
    return QueryResult(columns, tuple(rows[:most_rows]), complete=len(rows) <= most_rows)


def read_schema(path: Path, key: Key) -> tuple[str, ...]:
    """The statements that made the tables, their indexes after each."""
    connection = open_for_reading(path, key)
    try:
        return tuple(row[0] for row in connection.execute(_SCHEMA).fetchall())
    finally:
        connection.close()


def _authorize(action: int, first: str | None, second: str | None, _: str | None, __: str | None) -> int:
    if action in {driver.ASK_SELECT, driver.ASK_READ, driver.ASK_RECURSIVE}:
        return driver.ALLOW
    if action == driver.ASK_FUNCTION:
        return driver.DENY if (second or "").lower() in _FUNCTIONS_THAT_DO_MORE else driver.ALLOW
    if action == driver.ASK_PRAGMA:
        return driver.ALLOW if (first or "").lower() in _PRAGMAS else driver.DENY
    return driver.DENY


def _refused(error: Exception) -> QueryError:
    if driver.code(error) == driver.AUTH or "not authorized" in str(error):
        return QueryError("this does more than read, and nothing else is allowed here.", cure="Ask with SELECT.")
    return QueryError(f"SQLite says: {error}.")
