"""Everything that is stored about a parent, as one JSON document that the parent can keep.

Complete rather than short: every table that holds something about the parent, every column, moments in ISO form. What
is private is in it as well: it is the parent's own, and asked for by the parent.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bot.store.jsontext import from_json
from bot.store.records import Records
from bot.store.rows import Parent
from bot.talk.effects import Document

NAMES = {
    "parents": "about_you",
    "children": "children",
    "profile_facts": "what_you_told_about_the_child",
    "sessions": "where_you_are_in_the_chat",
    "checks": "checks",
    "answers": "answers",
    "flags": "warning_signs_found",
    "episodes": "diary",
    "own_questions": "questions_for_the_doctor",
    "inbox": "messages_that_could_not_be_handled_yet",
    "outbox": "messages_to_you",
    "reminders": "things_to_bring_up_later",
    "alerts": "alerts_to_the_people_who_run_this",
    "screens": "messages_that_still_have_buttons",
}
"""Each table of the database under the name that a parent reads."""

ABOUT = (
    "Everything that Steady has stored about you and your child at this moment. Nothing is left out. Times are in UTC."
)


def export_of(records: Records, parent: Parent, now: datetime, *, note: str) -> Document:
    """The file for a parent; `note` is what is to be known of the advice in it."""
    found = records.export(parent.id) or {}
    content = {
        "about_this_file": f"{ABOUT} {note}".strip(),
        "written_at": now.isoformat(),
        **{NAMES.get(table, table): [_readable(table, row) for row in rows] for table, rows in found.items()},
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return Document(f"steady-{now.date().isoformat()}.json", f"{text}\n")


def _readable(table: str, row: dict[str, Any]) -> dict[str, Any]:
    if table == "sessions":
        # The conversation's own notes are stored as one text.
        return {**row, "state": from_json(row["state"])}
    return row
