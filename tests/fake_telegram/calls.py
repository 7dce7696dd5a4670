"""A call of a method, and how the server refuses one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class Refusal(Exception):  # noqa: N818 (it is an answer, not a mistake of the server)
    """The method is not done; `description` is what the bot is told."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad(description: str) -> Refusal:
    """Status 400."""
    return Refusal(400, f"Bad Request: {description}")


@dataclass(slots=True)
class Call:
    """One request: its place in the order of all, and what became of it."""

    number: int
    method: str
    given: dict[str, Any]
    at: float
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    status: int | None = None
    refused: str | None = None

    @property
    def chat(self) -> int | None:
        """The chat it is about."""
        chat = self.given.get("chat_id")
        return int(chat) if chat is not None else None
