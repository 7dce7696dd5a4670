"""The diary in the chat: paged in place, shown whole, corrected, deleted; and what it knows for the next check."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache

import pytest

from bot.authoring.chat import Chat
from bot.facts.interval import Interval
from bot.facts.level import Level
from bot.facts.value import NO, YES, Number, Value
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.around import Around, Entry, ListedDiary
from bot.talk.effects import EpisodeChanged, EpisodeDeleted, Redraw, SendExport
from bot.talk.engine import Engine
from bot.talk.session import Pending

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
SHOOK: dict[str, Value] = {"tremor": YES, "symmetric": YES, "stops_when_held": YES}


@cache
def engine() -> Engine:
    places = find_places()
    return Engine(load_places(places.dialogs, places.content))


def entry(
    number: int, *, days_ago: float = 0, level: Level | None = Level.SOON, reasons: tuple[str, ...] = ()
) -> Entry:
    return Entry(number, NOW - timedelta(days=days_ago), level, reasons, SHOOK, ("• Both sides: Yes, on both sides",))


@pytest.fixture
def chat() -> Chat:
    """A parent at the menu."""
    return Chat(engine(), NOW).commands("start").presses("agree").types("Kenya")


def keeps(chat: Chat, *entries: Entry) -> Chat:
    chat.around = Around(diary=ListedDiary(entries))
    return chat


def options(chat: Chat) -> set[str]:
    return {option for one in chat.session.prompts for option in one.options}


def test_an_empty_diary_says_so_and_goes_on(chat: Chat) -> None:
    chat.commands("history").says("Your diary is empty").asks("menu")


def test_the_pages_replace_one_another_and_the_turn_stays(chat: Chat) -> None:
    keeps(chat, *(entry(12 - number, days_ago=number) for number in range(12)))
    chat.commands("history").says("1 to 5 of 12").says("1. 15 Jan 2026, 12:00: see a doctor soon")
    turn = chat.session.turn
    for first, last in (("6", "10"), ("11", "12")):
        chat.presses("older").says(f"{first} to {last} of 12")
        [drawn] = chat.effects
        assert isinstance(drawn, Redraw)
        assert chat.session.turn == turn == drawn.turn
    assert "older" not in options(chat)
    chat.presses("newer").says("6 to 10 of 12")
    chat.presses("entry_7").presses("to_list").says("6 to 10 of 12")


def test_an_event_is_shown_whole_with_its_reasons(chat: Chat) -> None:
    keeps(chat, entry(1, level=Level.URGENT, reasons=("R-13",)))
    chat.commands("history").presses("entry_1")
    chat.says("see a doctor today").says("Both sides: Yes").says("getting stronger or comes more often")


def test_a_level_that_only_a_private_reason_made_is_not_shown(chat: Chat) -> None:
    keeps(chat, entry(1, level=Level.EMERGENCY), entry(2, level=Level.EMERGENCY, reasons=("E-12",)))
    chat.commands("history")
    assert "get help at once" in chat.text.splitlines()[3]
    assert "get help at once" not in chat.text.splitlines()[2]
    chat.presses("entry_2")
    assert "shaken" not in chat.text


def test_deleting_takes_two_steps(chat: Chat) -> None:
    keeps(chat, entry(2), entry(1, days_ago=1))
    chat.commands("history").presses("entry_2").presses("delete_entry")
    assert not any(isinstance(one, EpisodeDeleted) for one in chat.everything)
    chat.presses("keep").asks("episode")
    chat.presses("delete_entry").presses("delete_now").says("Deleted from your diary").says("1 to 1 of 1")
    assert EpisodeDeleted(2) in chat.effects
    chat.presses("entry_1").presses("delete_entry").presses("delete_now").says("Your diary is empty").asks("menu")


def test_an_event_can_be_moved_to_an_earlier_day(chat: Chat) -> None:
    keeps(chat, entry(1))
    chat.commands("history").presses("entry_1").presses("change_entry").presses("when").presses("day_2")
    chat.says("13 Jan 2026, 12:00")
    [changed] = [one for one in chat.effects if isinstance(one, EpisodeChanged)]
    assert changed.at == NOW - timedelta(days=2)
    assert changed.answers == SHOOK


def test_a_corrected_answer_is_stored_and_the_advice_of_then_stays(chat: Chat) -> None:
    keeps(chat, entry(1))
    chat.commands("history").presses("entry_1").presses("change_entry")
    part = next(one for one in options(chat) if one.endswith(".symmetric"))
    chat.presses(part)
    chosen = next(one for one in options(chat) if one.startswith("to_") and one != "to_not_sure")
    chat.presses(chosen)
    [changed] = [one for one in chat.effects if isinstance(one, EpisodeChanged)]
    assert set(changed.answers) >= set(SHOOK)
    assert chat.around.diary.page(offset=0, limit=1)[0].level is Level.SOON
    chat.says("What we told you then: see a doctor soon")


def test_an_answer_that_would_be_graver_now_leads_to_the_danger_signs(chat: Chat) -> None:
    assert not until_diary(chat, "calm_awake", "arms")
    chat.commands("history").presses("entry_1").says("see a doctor today").presses("change_entry")
    chat.presses(next(one for one in options(chat) if one.endswith(".when_last"))).presses("to_last_24h")
    chat.says("more urgent").presses("check_danger_signs").asks("seen")
    assert chat.session.check is not None
    assert chat.session.check.dialog == "danger_check"


def test_the_diary_in_the_middle_of_a_check_leads_back_to_it(chat: Chat) -> None:
    keeps(chat, entry(1))
    chat.presses("fever")
    asked = chat.asked
    chat.commands("history").presses("continue")
    assert chat.asked == asked


def test_an_event_that_is_gone_shows_the_list(chat: Chat) -> None:
    keeps(chat, entry(2), entry(1))
    chat.commands("history").presses("entry_2")
    keeps(chat, entry(1))
    chat.presses("change_entry").asks("history")


def test_nonsense_at_the_list_shows_it_again(chat: Chat) -> None:
    keeps(chat, entry(1)).commands("history").types("hm").asks("history")


def test_the_export_is_a_file_and_the_chat_goes_on(chat: Chat) -> None:
    chat.commands("export").says("all that we keep").asks("menu")
    [sent] = [one for one in chat.effects if isinstance(one, SendExport)]
    assert sent.note == "This is a test version. No doctor has checked this advice yet."


def test_before_consent_there_is_neither_diary_nor_export() -> None:
    for command in ("history", "export"):
        chat = Chat(engine(), NOW).commands(command)
        assert chat.asked == "consent"
        assert not any(isinstance(one, SendExport) for one in chat.effects)


# What the diary knows for the next check.


def until_diary(chat: Chat, *wanted: str) -> bool:
    """Answer a check about shaking up to what the diary has; whether it was shown."""
    chat.presses("over")
    for _ in range(60):
        prompt = chat.session.prompt
        assert prompt is not None
        if prompt.pending is Pending.DIARY:
            return True
        if prompt.pending is Pending.MENU:
            return False
        if prompt.question.endswith("birth_date"):
            chat.types("5 months")
            continue
        first = ("none", "no", "continue", "chin", "crying", "none_so_far", "not_sure", "yes")
        found = set(prompt.options)
        chat.presses(next(one for one in (*wanted, *first, *sorted(found)) if one in found))
    raise AssertionError(chat.text)


def told(chat: Chat) -> Value | None:
    one = chat.session.told.get("days_recurring")
    return None if one is None else one.value


def test_the_days_of_the_diary_are_confirmed_instead_of_asked(chat: Chat) -> None:
    keeps(chat, entry(3, days_ago=1), entry(2, days_ago=1), entry(1, days_ago=3))
    assert until_diary(chat)
    chat.says("on 3 days in the last 7 days").presses("yes")
    assert told(chat) == Number.of(3)
    assert "It came on 3 days or more" not in chat.text


def test_no_leaves_it_to_the_question_itself(chat: Chat) -> None:
    keeps(chat, entry(1, days_ago=1))
    assert until_diary(chat)
    chat.presses("no")
    assert told(chat) is None
    chat.says("On how many days has it come?")


def test_not_sure_counts_as_at_least_what_the_diary_has(chat: Chat) -> None:
    keeps(chat, entry(2, days_ago=1), entry(1, days_ago=2))
    assert until_diary(chat)
    chat.presses("not_sure")
    assert told(chat) == Number(Interval(Decimal(3), None))


@pytest.mark.parametrize("days_ago", [None, 0, 7, 30])
def test_a_diary_that_knows_nothing_asks_as_ever(chat: Chat, days_ago: int | None) -> None:
    keeps(chat, *(() if days_ago is None else (entry(1, days_ago=days_ago),)))
    assert not until_diary(chat)


def test_other_events_than_shaking_do_not_count(chat: Chat) -> None:
    keeps(chat, Entry(1, NOW - timedelta(days=1), None, (), {"tremor": NO}, ()))
    assert not until_diary(chat)


def test_more_often_is_suggested_and_never_answered_for_the_parent(chat: Chat) -> None:
    this_week = (entry(10 + number, days_ago=1 + number / 10) for number in range(4))
    keeps(chat, *this_week, entry(1, days_ago=9))
    assert until_diary(chat)
    chat.presses("yes").says("4 times in the last 7 days. In the 7 days before, it has it 1 times")
    chat.says("It gets stronger, or comes more often")
    assert "getting_worse" not in chat.session.told
