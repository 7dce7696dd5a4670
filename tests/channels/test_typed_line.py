"""What a typed line means."""

import pytest

from bot.channels.typed_line import is_start, read_line
from bot.talk.events import Command, Event, Media, Sent, Typed


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("/start", Command("start")),
        (" /START ", Command("start")),
        ("/help me  now", Command("help", "me  now")),
        ("/", Typed("/")),
        ("/2", Typed("/2")),
        ("38/2", Typed("38/2")),
        ("1", Typed("1")),
        ("", Typed("")),
        ("  ", Typed("  ")),
        ("She turned blue", Typed("She turned blue")),
        ("[photo]", Sent(Media.PHOTO)),
        ("[voice]", Sent(Media.VOICE)),
        ("[video]", Sent(Media.VIDEO)),
        (" [sticker] ", Sent(Media.STICKER)),
        ("[photo] of her", Typed("[photo] of her")),
    ],
)
def test_a_line_is_a_command_something_sent_or_a_text(line: str, event: Event) -> None:
    assert read_line(line) == event


def test_only_start_starts() -> None:
    assert is_start("/start")
    assert not is_start("start")
    assert not is_start("/start again")
