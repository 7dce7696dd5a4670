"""Who is in the middle of a check: numbers only, never who.

How many checks run is told exactly, since it says nothing of any child. How many are at one question is told only from
ten on, and of a question about something private nothing is told: with few parents, a question says much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.service.service import LEFT_AFTER
from bot.store.jsontext import from_json
from bot.store.records import Records
from bot.talk.session import Pending, Session
from bot.talk.session_json import load

FEW = 10
"""Below this the number of parents at a question is not told."""

_PAGE = 500


@dataclass(frozen=True, slots=True)
class MidCheck:
    """Running checks by the version that spoke last, and by the question that is asked."""

    versions: Mapping[str, int]
    questions: Mapping[str, int]

    @property
    def total(self) -> int:
        """All running checks."""
        return sum(self.versions.values())

    def at(self, questions: Iterable[str]) -> dict[str, int]:
        """Those of these questions at which somebody is, with how many."""
        return {one: self.questions[one] for one in sorted(questions) if self.questions.get(one)}


def mid_check(records: Records, channel: str, now: datetime) -> MidCheck:
    """Count the checks of a channel that run now; one with which nobody went on for a day is over."""
    versions, questions = Counter[str](), Counter[str]()
    after = 0
    while page := records.sessions.page(after=after, limit=_PAGE):
        after = page[-1].parent_id
        for stored in page:
            parent = records.parents.get(stored.parent_id)
            if parent is None or parent.channel != channel or now - stored.updated_at >= LEFT_AFTER:
                continue
            session = _session(stored.state)
            # One that cannot be read is rescued at its next turn, and its check with it.
            if session is None or (session.check is not None and not session.check.ended):
                versions[stored.script_version] += 1
                questions.update(() if session is None else _asked(session))
    return MidCheck(versions, questions)


def rough(number: int) -> str:
    """The number of parents at one question."""
    return f"fewer than {FEW}" if number < FEW else str(number)


def _session(state: str) -> Session | None:
    try:
        return load(from_json(state))
    except Exception:  # noqa: BLE001 (whatever is wrong with it, it is somebody)
        return None


def _asked(session: Session) -> set[str]:
    """The keys of the questions that wait for an answer."""
    return {
        str(one.data.get("about", one.question))
        for one in session.prompts
        if one.pending in (Pending.POSITION, Pending.CONFIRM)
    }
