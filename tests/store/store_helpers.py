"""What several tests of the store need."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.store.driver import Authorizer, Connection, Cursor
from bot.store.records import Records
from bot.store.rows import Child, Parent

NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
VERSION = "script-1"


def hashes(folder: Path) -> dict[str, str]:
    """What lies in a folder, byte for byte."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def add_family(records: Records, external_id: str = "1", nickname: str = "Mia") -> tuple[Parent, Child]:
    """A parent with a child."""
    parent = records.parents.add("telegram", external_id, at=NOW, language="en", country="GB")
    return parent, records.children.add(parent.id, nickname, birth_date=NOW.date(), at=NOW)


def is_here(records: Records, external_id: str) -> bool:
    """Whether a parent is stored."""
    return records.parents.find("telegram", external_id) is not None


class Spy:
    """A connection that notes what is run, and can be told to fail."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.seen: list[str] = []
        self.fail_at: dict[str, Exception] = {}

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = (), /) -> Cursor:
        self.seen.append(sql)
        if sql in self.fail_at:
            raise self.fail_at[sql]
        return self._connection.execute(sql, parameters)

    def set_authorizer(self, authorizer: Authorizer | None, /) -> None:
        self._connection.set_authorizer(authorizer)

    def close(self) -> None:
        self._connection.close()
