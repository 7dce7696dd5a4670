"""Parents (and groups) that the tests play."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fake_telegram.chats import Chat, Message

if TYPE_CHECKING:
    from tests.fake_telegram.server import FakeTelegram

Json = dict[str, Any]


class Parent:
    """Somebody with a phone. What is done returns the number of its update."""

    def __init__(self, telegram: FakeTelegram, person: int, *, language: str | None, is_bot: bool) -> None:
        self._telegram = telegram
        self.id = person
        self.user: Json = {"id": person, "is_bot": is_bot, "first_name": "Wanjiru"}
        if language is not None:
            self.user["language_code"] = language
        self.chat = telegram.chats.setdefault(person, Chat(person))
        self._read = 0

    @property
    def messages(self) -> list[Message]:
        """What the bot has sent here, in order; deleted ones too."""
        return self.chat.messages

    @property
    def texts(self) -> list[str]:
        """The texts of all messages."""
        return [one.text for one in self.chat.messages]

    def writes(self, text: str, **more: Any) -> int:
        """Type a text, or a command."""
        return self.sends(text=text, **_entities(text), **more)

    def sends(self, *, chat: Chat | None = None, **content: Any) -> int:
        """Send any message: `photo=[...]`, `sticker={...}`."""
        return self._telegram.updates.add(message=self.message(chat or self.chat, **content))

    def edits(self, message_id: int, text: str) -> int:
        """Change a message that was sent before."""
        message = self.message(self.chat, text=text, edit_date=self._telegram.date(), **_entities(text))
        return self._telegram.updates.add(edited_message={**message, "message_id": message_id})

    def message(self, chat: Chat, **content: Any) -> Json:
        """A message of this person, not sent yet."""
        return {
            "message_id": chat.next_id(),
            "from": self.user,
            "chat": chat.to_json(),
            "date": self._telegram.date(),
            **content,
        }

    def presses(self, label: str | None = None, message: Message | None = None, *, data: str | None = None) -> int:
        """Press a button: by its label, on the newest message that has it; or send any data at all."""
        if message is None:
            message = self.newest_with(label) if label is not None else self.chat.messages[-1]
        if data is None:
            assert label is not None
            data = message.data_of(label)
        query = self._telegram.new_query(self.id)
        body = {
            "id": query,
            "from": self.user,
            "message": message.to_json(self._telegram.bot),
            "chat_instance": str(self.id),
            "data": data,
        }
        return self._telegram.updates.add(callback_query=body)

    def newest_with(self, label: str) -> Message:
        """The newest message with a button of this label."""
        for one in reversed(self.chat.messages):
            if not one.deleted and label in one.buttons:
                return one
        for one in reversed(self.chat.messages):
            if not one.deleted and any(button.endswith(label) for button in one.buttons):
                return one
        last = self.chat.messages[-1] if self.chat.messages else None
        raise AssertionError(f"no button {label!r}; the last message: {last and (last.text, last.buttons)}")

    def blocks(self) -> int:
        """Block the bot."""
        self.chat.blocked = True
        return self._member("member", "kicked")

    def unblocks(self) -> int:
        """Start the bot again after blocking it."""
        self.chat.blocked = False
        return self._member("kicked", "member")

    def _member(self, before: str, after: str) -> int:
        return self._telegram.updates.add(
            my_chat_member={
                "chat": self.chat.to_json(),
                "from": self.user,
                "date": self._telegram.date(),
                "old_chat_member": self._telegram.as_member(before),
                "new_chat_member": self._telegram.as_member(after),
            }
        )

    async def sees(self, text: str, *, button: str | None = None, within: float = 20) -> Message:
        """Wait for the next message (behind the one that was waited for before) with this text and button."""

        def next_one() -> Message | None:
            for place, one in enumerate(self.chat.messages[self._read :], self._read):
                if text in one.text and (button is None or button in one.buttons):
                    self._read = place + 1
                    return one
            return None

        found = await self._telegram.until(
            next_one, within=within, why=lambda: f"{text!r} was not sent; new: {self.texts[self._read :]}"
        )
        assert found is not None
        return found


class Group:
    """A group chat."""

    def __init__(self, telegram: FakeTelegram, group: int) -> None:
        self._telegram = telegram
        self.chat = telegram.chats.setdefault(group, Chat(group, kind="group", title="Parents"))

    def adds_the_bot(self, by: Parent) -> int:
        """Add the bot: an update of its membership, then the message that the group shows."""
        self.chat.left = False
        first = self._telegram.updates.add(
            my_chat_member={
                "chat": self.chat.to_json(),
                "from": by.user,
                "date": self._telegram.date(),
                "old_chat_member": self._telegram.as_member("left"),
                "new_chat_member": self._telegram.as_member("member"),
            }
        )
        by.sends(chat=self.chat, new_chat_members=[self._telegram.bot])
        return first


def _entities(text: str) -> Json:
    if not text.startswith("/"):
        return {}
    command = text.split(maxsplit=1)[0]
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(command)}]}
