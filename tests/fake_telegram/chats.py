"""What a phone shows: chats and the messages in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Message:
    """A message from the bot, as it is now; `edits` counts its changes."""

    id: int
    chat: Chat
    text: str
    entities: list[Json]
    markup: Json | None
    date: int
    file: tuple[str, bytes] | None = None
    silent: bool = False
    edits: int = 0
    deleted: bool = False

    @property
    def buttons(self) -> list[str]:
        """The labels, row by row."""
        return [button["text"] for row in self.rows for button in row]

    @property
    def rows(self) -> list[list[Json]]:
        """The rows of buttons."""
        return [] if self.markup is None else self.markup["inline_keyboard"]

    def data_of(self, label: str) -> str:
        """What the button with this label sends; a mark before the label may be left out."""
        found = [b["callback_data"] for row in self.rows for b in row if label == b["text"]]
        found = found or [b["callback_data"] for row in self.rows for b in row if b["text"].endswith(label)]
        if len(found) != 1:
            raise AssertionError(f"{len(found)} buttons {label!r} among {self.buttons}")
        data: str = found[0]
        return data

    def to_json(self, bot: Json) -> Json:
        """The message as Telegram sends it."""
        body: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.to_json(), "from": bot}
        words, marks = ("text", "entities") if self.file is None else ("caption", "caption_entities")
        if self.text:
            body[words] = self.text
        if self.entities:
            body[marks] = self.entities
        if self.file is not None:
            name, content = self.file
            body["document"] = {"file_id": f"f{self.id}", "file_unique_id": f"u{self.id}", "file_name": name,
                                "file_size": len(content)}  # fmt: skip
        if self.markup is not None:
            body["reply_markup"] = self.markup
        return body


@dataclass(slots=True)
class Chat:
    """A chat with one person, or a group."""

    id: int
    kind: str = "private"
    title: str = ""
    messages: list[Message] = field(default_factory=list)
    pinned: list[int] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    last_id: int = 0
    blocked: bool = False
    left: bool = False

    def next_id(self) -> int:
        """The number of the next message, whoever writes it."""
        self.last_id += 1
        return self.last_id

    def find(self, message_id: int) -> Message | None:
        """A message of the bot that was not deleted."""
        return next((one for one in self.messages if one.id == message_id and not one.deleted), None)

    def to_json(self) -> Json:
        """The chat as Telegram sends it."""
        name = {"first_name": self.title or "Wanjiru"} if self.kind == "private" else {"title": self.title}
        return {"id": self.id, "type": self.kind, **name}
