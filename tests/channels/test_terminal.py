"""A chat in a terminal: nothing is lost between the store and the page, and the page can be read by everybody."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from bot.channels.coloured_page import ColouredPage
from bot.channels.live_buttons import LiveButtons
from bot.channels.page import Page, PlainPage
from bot.channels.terminal import CHANNEL, Terminal
from bot.facts.level import Level
from bot.service.message_json import Shown
from bot.service.service import Service
from bot.store.key import Key
from bot.store.writer import Writer
from bot.talk.around import Around
from bot.talk.effects import Ask, Button, ConsentGiven, Effect, Escalate, Mark, Redraw, Say
from bot.talk.events import Command, Event, Media, Pressed, Sent, Typed
from bot.talk.session import Pending, Prompt, Session

NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
BUTTONS = (Button("yes", "Yes"), Button("no", "No"))
LIST = Ask("Which?", 0, "list", (Button("item_a", "Blue lips"), Button("done", "Done")))


class Talk:
    """Answers every event with its own name and a question; some texts have answers of their own."""

    def __init__(self) -> None:
        self.seen: list[Event] = []
        self.own: dict[str, Callable[[int], tuple[Effect, ...]]] = {}

    def step(self, session: Session, event: Event, now: datetime, around: Around) -> tuple[Session, tuple[Effect, ...]]:
        self.seen.append(event)
        name = event.text if isinstance(event, Typed) else event.name if isinstance(event, Command) else "event"
        if name in self.own:
            effects = self.own[name](session.turn + 1)
            turn = session.turn + 1 if any(isinstance(one, Ask) for one in effects) else session.turn
            return replace(session, turn=turn, seen_at=now), (ConsentGiven(now), *effects)
        turn = session.turn + 1
        prompt = Prompt(Pending.POSITION, "q", {"yes": "Yes"})
        after = replace(session, turn=turn, prompts=(prompt,), seen_at=now)
        # Without consent no message is kept to be shown again.
        return after, (ConsentGiven(now), Ask(f"{name}?", turn, "q", BUTTONS))

    def failure(self, session: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        raise NotImplementedError


class Torn(io.StringIO):
    """An output that nobody reads any more."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


class Desk:
    """A terminal on a real store, and what was typed and printed there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.talk = Talk()
        self.now = NOW
        self._runs = 0

    def chat(self, *lines: str, explain: bool = False, lettered: bool = False, page: Page | None = None) -> str:
        """Type some lines, and give all that is printed."""
        out = io.StringIO()
        self._runs += 1
        with Writer.open(self.folder / "steady.db", Key("5a" * 32)) as writer:
            service = Service(self.talk, writer, CHANNEL, lambda: self.now)
            Terminal(
                service,
                page or PlainPage(io.StringIO("".join(f"{line}\n" for line in lines)), out),
                parent="me",
                run_id=str(self._runs),
                clock=lambda: self.now,
                explain=(lambda session, now: [f"turn {session.turn}"]) if explain else None,
                takes_numbers=lambda message: lettered and isinstance(message, Ask),
            ).run()
        return out.getvalue()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_new_parent_is_greeted_at_once(desk: Desk) -> None:
    assert desk.chat() == "start?\n\n  1  Yes\n  2  No\n\n"
    assert desk.talk.seen == [Command("start")]


def test_a_parent_who_types_start_is_greeted_once(desk: Desk) -> None:
    assert desk.chat("/start") == "> /start\n\nstart?\n\n  1  Yes\n  2  No\n\n"
    assert desk.talk.seen == [Command("start")]


def test_each_line_is_an_event_and_stands_in_the_transcript(desk: Desk) -> None:
    printed = desk.chat("hello", "", "[photo]", "/help")
    assert desk.talk.seen[1:] == [Typed("hello"), Typed(""), Sent(Media.PHOTO), Command("help")]
    assert [line for line in printed.splitlines() if line.startswith(">")] == ["> hello", ">", "> [photo]", "> /help"]


def test_the_last_line_needs_no_end(desk: Desk) -> None:
    out = io.StringIO()
    desk.chat(page=PlainPage(io.StringIO("one\r\ntwo"), out))
    assert desk.talk.seen[1:] == [Typed("one"), Typed("two")]


def test_a_number_is_left_to_the_conversation(desk: Desk) -> None:
    desk.chat("1")
    assert desk.talk.seen[1:] == [Typed("1")]


def test_a_letter_presses_a_button_where_a_number_is_an_answer(desk: Desk) -> None:
    printed = desk.chat("a", "38", lettered=True)
    assert desk.talk.seen[1:] == [Pressed(1, "q", "yes"), Typed("38")]
    assert "  a  Yes\n  b  No\n" in printed


def test_the_next_start_goes_on_at_the_same_question(desk: Desk) -> None:
    desk.chat("hello")
    seen = len(desk.talk.seen)
    assert desk.chat() == "hello?\n\n  1  Yes\n  2  No\n\n"
    assert len(desk.talk.seen) == seen


def test_after_a_long_pause_the_conversation_is_asked_how_to_go_on(desk: Desk) -> None:
    desk.chat("hello")
    desk.now += timedelta(minutes=30)
    assert desk.chat().startswith("start?")


def test_buttons_of_an_earlier_message_can_be_pressed_after_a_restart(desk: Desk) -> None:
    desk.talk.own["two"] = lambda turn: (
        Escalate("Call.", Level.EMERGENCY, None, turn, "emergency", BUTTONS),
        Ask("Which?", turn, "q", BUTTONS),
    )
    desk.chat("two")
    desk.chat("2")
    assert desk.talk.seen[-1] == Pressed(2, "emergency", "no")


def test_a_changed_list_is_printed_again_without_its_text(desk: Desk) -> None:
    marked = (Button("item_a", "[yes] Blue lips", Mark.YES), Button("done", "Done"))
    desk.talk.own["list"] = lambda turn: (replace(LIST, turn=turn),)
    desk.talk.own["1"] = lambda turn: (Redraw(turn - 1, "list", marked),)
    printed = desk.chat("list", "1")
    assert printed.endswith("> 1\n\n  1  [yes] Blue lips\n  2  Done\n\n")
    assert printed.count("Which?") == 1


def test_of_all_changes_to_a_list_the_last_is_shown_after_a_restart(desk: Desk) -> None:
    desk.talk.own["list"] = lambda turn: (replace(LIST, turn=turn),)
    for mark in ("yes", "not sure"):
        buttons = (Button("item_a", f"[{mark}] Blue lips"), Button("done", "Done"))
        desk.talk.own[mark] = lambda turn, buttons=buttons: (Redraw(turn - 1, "list", buttons),)  # type: ignore[misc]
    desk.chat("list", "yes", "not sure")
    again = desk.chat()
    assert "[yes]" not in again
    assert again.endswith("  1  [not sure] Blue lips\n  2  Done\n\n")


def test_what_could_not_be_shown_is_shown_by_the_next_start_and_nothing_else(desk: Desk) -> None:
    with pytest.raises(BrokenPipeError):
        desk.chat(page=PlainPage(io.StringIO(""), Torn()))
    assert desk.chat() == "start?\n\n  1  Yes\n  2  No\n\n"
    assert desk.talk.seen == [Command("start")]


def test_a_chat_with_another_date_is_not_silent(desk: Desk) -> None:
    desk.now = NOW + timedelta(days=365)
    with pytest.raises(BrokenPipeError):
        desk.chat(page=PlainPage(io.StringIO(""), Torn()))
    desk.now = NOW
    assert desk.chat().startswith("start?")


def test_explained_turns_are_set_apart(desk: Desk) -> None:
    assert desk.chat("hello", explain=True).count("\nturn ") == 2


def test_how_far_the_questions_are_stands_before_the_question(desk: Desk) -> None:
    desk.talk.own["start"] = lambda turn: (Ask("Well?", turn, "q", (), (3, 9)),)
    assert desk.chat() == "3/9\n\nWell?\n\n"


def test_what_is_typed_cannot_steer_the_terminal(desk: Desk) -> None:
    printed = desk.chat("\x1b[31mred\x07", "\N{ARABIC LETTER BEH}\N{ZERO WIDTH NON-JOINER}\N{ARABIC LETTER BEH}")
    assert "\x1b" not in printed
    assert "\x07" not in printed
    assert "\N{ZERO WIDTH NON-JOINER}" in printed


def drawn(*messages: Shown, width: int = 60, terminal: bool = True) -> str:
    """What rich makes of messages."""
    console = Console(
        file=io.StringIO(), width=width, force_terminal=terminal, color_system="standard" if terminal else None
    )
    page, live = ColouredPage(console), LiveButtons()
    for message in messages:
        page.show(message, live.show(message))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


CALL = Escalate("Call 112 now.", Level.EMERGENCY, None, 1, "emergency", BUTTONS)


def test_colours_follow_the_level_and_the_words_stand_by_themselves() -> None:
    assert "\x1b[31m" in drawn(CALL)
    assert "\x1b[33m" in drawn(replace(CALL, level=Level.URGENT))
    assert "Call 112 now." in drawn(CALL, terminal=False)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    long = "A sentence that goes on and on, with words and words and words. " * 5
    shown = drawn(
        Say(long), replace(CALL, text=long), Ask(long, 2, "q", (Button("a", long),)), width=width, terminal=False
    )
    assert max(map(len, shown.splitlines())) <= min(width, 100)


def test_brackets_of_a_mark_are_no_markup() -> None:
    assert "[yes] Blue lips" in drawn(Ask("[b]Which?", 1, "q", (Button("a", "[yes] Blue lips", Mark.YES),)))
    assert "[b]Which?" in drawn(Say("[b]Which?"))


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    lines: list[str] = []

    def typed(prompt: str = "") -> str:
        if not lines:
            raise EOFError
        return lines.pop(0)

    monkeypatch.setattr("builtins.input", typed)
    return lines


def test_a_person_at_a_terminal_is_greeted_before_typing_and_leaves_with_the_end_of_input(
    desk: Desk, keyboard: list[str]
) -> None:
    keyboard.append("hello")
    console = Console(file=io.StringIO(), width=60)
    desk.chat(page=ColouredPage(console))
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().index("start?") < console.file.getvalue().index("hello?")
    assert desk.talk.seen == [Command("start"), Typed("hello")]
