"""Who signed a text, a rule or a limit, and what exactly: a fingerprint that any edit voids.

Decision 0018 says what an approval covers. A thing that has to be signed counts as approved only while the fingerprint
that stands in its `approved:` is the one that its content has now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from bot.script.problems import Place

NOBODY = "nobody yet"
"""What stands in `approved: {by: ...}` of a thing that nobody has signed."""

LENGTH = 12
"""Hexadecimal digits of a fingerprint: an edit that keeps it by chance is one in 280 million million."""


@dataclass(frozen=True, slots=True)
class Approval:
    """Who signed, in which role, on which day, and the fingerprint of what was signed."""

    by: str
    role: str
    on: date
    covers: str


class Kind(StrEnum):
    """What a signature is asked for."""

    RULE = "rule"
    GATE = "gate"
    LIMIT = "limit"
    TEXT = "text"
    LIST = "list"
    QUESTION = "question"
    WORDS = "emergency words"


@dataclass(frozen=True, slots=True)
class Signable:
    """One thing that a clinician has to sign before parents may be told that a doctor has checked it.

    `path` leads to it in its file, `signed_at` to its `approved:` (which may not be there yet); `covers` is the
    fingerprint of what it is now, and of what its conditions look at (`looks_at`, such as "fact fever").
    """

    id: str
    kind: Kind
    place: Place
    path: tuple[str | int, ...]
    signed_at: tuple[str | int, ...]
    covers: str
    looks_at: tuple[str, ...] = ()
    approval: Approval | None = None

    @property
    def approved(self) -> bool:
        """Whether somebody signed exactly this."""
        return is_approved(self.approval, self.covers)

    @property
    def void(self) -> bool:
        """Whether somebody signed something else than what stands here now."""
        return self.approval is not None and not self.approved


@dataclass(frozen=True, slots=True)
class Approvals:
    """Everything that has to be signed in a script, by its id, and the files that nobody has reviewed yet.

    Empty, it stands for a script of which nothing is known: that counts as unapproved. `test` says that it is
    published as a test version, and so is one whatever was signed.
    """

    signables: Mapping[str, Signable] = field(default_factory=dict)
    unapproved: tuple[str, ...] = ()
    unreviewed: tuple[str, ...] = ()
    test: bool = False

    @property
    def complete(self) -> bool:
        """Whether everything is signed as it stands and every file was reviewed, and it is no test version."""
        return bool(self.signables) and not (self.unapproved or self.unreviewed or self.test)


def fingerprint(name: str, content: Any) -> str:
    """A short name for exactly this content (dicts, lists and text) of the thing called `name`.

    The order of names and the blanks around a text make no difference; everything else does, blanks inside a text too.
    The name is part of it, so that the signature of one rule can never stand under another.
    """
    written = json.dumps([name, _tidy(content)], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:LENGTH]


def is_approved(approval: Approval | None, covers: str) -> bool:
    """Whether an approval is for what has this fingerprint now."""
    return approval is not None and approval.covers == covers


def _tidy(content: Any) -> Any:
    match content:
        case str():
            return content.strip()
        case Mapping():
            return {key: _tidy(value) for key, value in content.items()}
        case list() | tuple():
            return [_tidy(part) for part in content]
        case _:
            return content
