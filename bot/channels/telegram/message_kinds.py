"""What a message without a text holds."""

from __future__ import annotations

from telegram import Message

from bot.talk.events import Media

_MEDIA = {
    "photo": Media.PHOTO,
    "video": Media.VIDEO,
    "video_note": Media.VIDEO,
    "animation": Media.VIDEO,
    "live_photo": Media.VIDEO,
    "voice": Media.VOICE,
    "audio": Media.VOICE,
    "sticker": Media.STICKER,
}

# Written by Telegram about the chat, not by the parent to us. All else gets an answer, whatever it may be.
_SERVICE = (
    "pinned_message",
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "group_chat_created",
    "supergroup_chat_created",
    "channel_chat_created",
    "message_auto_delete_timer_changed",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "write_access_allowed",
    "chat_background_set",
    "connected_website",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
)


def media_of(message: Message) -> Media:
    """The kind of what was sent."""
    return next((media for name, media in _MEDIA.items() if getattr(message, name, None)), Media.OTHER)


def is_service(message: Message) -> bool:
    """Whether Telegram itself wrote this."""
    return any(getattr(message, name, None) for name in _SERVICE)
