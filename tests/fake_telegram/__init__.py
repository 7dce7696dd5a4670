"""A Bot API server for tests, over HTTP: it plays parents and is as strict as Telegram, or stricter."""

from tests.fake_telegram.calls import Call, Refusal
from tests.fake_telegram.chats import Chat, Message
from tests.fake_telegram.faults import Fault, drop, garbage, late, lost_answer, refuse, server_error, too_many
from tests.fake_telegram.people import Group, Parent
from tests.fake_telegram.rates import Rates
from tests.fake_telegram.server import TOKEN, FakeTelegram

__all__ = [
    "TOKEN",
    "Call",
    "Chat",
    "FakeTelegram",
    "Fault",
    "Group",
    "Message",
    "Parent",
    "Rates",
    "Refusal",
    "drop",
    "garbage",
    "late",
    "lost_answer",
    "refuse",
    "server_error",
    "too_many",
]
