"""The summary for the doctor: what it holds, what it never holds, and what comes before it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest

from bot.authoring.chat import Chat
from bot.authoring.persona import Persona
from bot.authoring.read_facts import read_facts
from bot.facts.level import Level
from bot.facts.value import YES, Born, Choice, Many, Number, Value
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.around import Entry, ListedDiary
from bot.talk.doctor_note import MOST_UNITS
from bot.talk.effects import AnswerKept, Document, QuestionDeleted, QuestionKept, Say
from bot.talk.engine import Engine
from bot.talk.past import ListedPast, OwnQuestion, PastAnswer, PastCheck, PastFlag, Told, told_in
from bot.talk.session import Flag, Pending
from bot.talk.visit import MAX_QUESTION, MOST_QUESTIONS
from bot.talk.wording import print_moment
from bot.triage.knowledge import Told as Known

NOW = datetime(2026, 1, 15, 21, 40, tzinfo=UTC)


@cache
def engine() -> Engine:
    places = find_places()
    return Engine(load_places(places.dialogs, places.content))


@pytest.fixture
def chat() -> Chat:
    """A parent at the menu."""
    return Chat(engine(), NOW).commands("start").presses("agree").types("Kenya")


def knows(chat: Chat, **told: Value) -> Chat:
    chat.session = replace(chat.session, told={name: Known(value, NOW) for name, value in told.items()})
    return chat


def had(chat: Chat, *checks: PastCheck, questions: tuple[str, ...] = ()) -> Chat:
    asked = tuple(OwnQuestion(number, text) for number, text in enumerate(questions, 1))
    chat.around = replace(chat.around, past=ListedPast(checks, asked))
    return chat


def keeps(chat: Chat, *, events: int, apart: float = 1) -> Chat:
    answers: dict[str, Value] = {
        "tremor": YES,
        "state": Choice.of("crying"),
        "body_parts": Many.of("chin", "lip"),
        "duration_s": Number.of(5),
        "stops_when_held": YES,
    }
    entries = (Entry(events - one, NOW - timedelta(days=apart * one), Level.SOON, (), answers) for one in range(events))
    chat.around = replace(chat.around, diary=ListedDiary(tuple(entries)))
    return chat


def answer(question: str, fact: str, value: Value) -> PastAnswer:
    return PastAnswer(question, fact, value, NOW - timedelta(hours=30))


def check(*answers: PastAnswer, told: Told | None = None, dialog: str = "new_episode") -> PastCheck:
    return PastCheck(dialog, NOW - timedelta(hours=30), told, answers)


def note(chat: Chat) -> str:
    """The message that is sent on."""
    [one] = [one for one in chat.effects if isinstance(one, Say) and one.text.startswith("Notes for the doctor")]
    return one.text


def played(facts: list[str], born: date = date(2025, 11, 27), entry: str = "over", answers: int = 90) -> Chat:
    """A parent who told all this in a check."""
    chat = Chat(engine(), NOW - timedelta(hours=30)).commands("start").presses("agree").types("Kenya").presses(entry)
    known = dict(read_facts(facts, engine().script, NOW.date())) | {"birth_date": Born(born)}
    persona = Persona(engine().script, known, NOW.date())
    for _ in range(answers):
        if chat.session.check is None or chat.session.check.ended:
            break
        persona.answer(chat)
    return chat


# What it holds


def test_the_age_stands_there_as_a_doctor_writes_it_and_corrected_for_an_early_birth(chat: Chat) -> None:
    knows(chat, birth_date=Born(date(2025, 11, 20)), gestation_weeks=Number.of(34))
    keeps(chat, events=1).commands("summary")
    assert "Age: 8 weeks\n" in note(chat)
    assert "Born at 34 weeks. Corrected age: 2 weeks\n" in note(chat)


def test_an_event_is_told_with_its_length_its_place_the_state_and_what_helped(chat: Chat) -> None:
    keeps(chat, events=2).commands("summary")
    line = "5 s; Chin, lip; Crying; When held: Yes, it stops"
    assert f"• 15 Jan 2026, 21:40: {line}" in note(chat)
    assert f"First in the diary: 14 Jan 2026, 21:40: {line}" in note(chat)


def test_events_are_counted_in_stretches_of_seven_days(chat: Chat) -> None:
    keeps(chat, events=9).commands("summary")
    assert "9 Jan to 15 Jan: 7, 2 Jan to 8 Jan: 2. In all: 9" in note(chat)


def test_the_ten_newest_events_stand_in_full_and_the_others_are_counted(chat: Chat) -> None:
    keeps(chat, events=14).commands("summary")
    in_full = re.findall(r"^• .*: 5 s; Chin, lip", note(chat), re.MULTILINE)
    assert len(in_full) == 10
    assert "4 older entries are left out here." in note(chat)


def test_advice_is_told_with_its_time_and_its_reason(chat: Chat) -> None:
    told = Told(Level.URGENT, NOW - timedelta(hours=30), ("R-05",))
    had(chat, check(told=told)).commands("summary")
    assert "• 14 Jan 2026, 15:40: see a doctor today (shaking without a trigger" in note(chat)


def test_answers_stand_in_the_words_of_their_questions(chat: Chat) -> None:
    answers = (
        answer("episode.state", "state", Choice.of("crying")),
        answer("temperature.temperature_c", "temperature_c", Number.of(Decimal("38.2"))),
        answer("episode.how_it_was", "intensity", Choice.of("strong")),
        answer("danger_signs.danger_signs", "floppy_sudden", Choice.of("no")),
    )
    had(chat, check(*answers)).commands("summary")
    assert "• Doing: Crying\n" in note(chat)
    assert "• Strong, big shakes\n" in note(chat)
    assert "• 14 Jan 2026, 15:40: 38.2 °C" in note(chat)
    assert "limp" not in note(chat)


def test_a_whole_check_is_told_and_every_line_of_it_was_said_by_the_parent() -> None:
    chat = played(["tremor=yes", "state=calm_awake", "temperature_c=36.8", "intensity=strong", "duration_s=5"])
    chat.waits(hours=30).presses("summary")
    for line in ("Doing: Calm and awake", "Strong, big shakes", "36.8 °C", "see a doctor today"):
        assert line in note(chat)


# What it never holds

PRIVATE = sorted(fact.id for fact in engine().script.vocabulary.facts.values() if fact.private)
PRIVATE_RULES = sorted(rule.id for rule in engine().script.book.rules.values() if rule.private)


def test_there_are_private_facts_and_rules_to_look_for() -> None:
    assert len(PRIVATE) >= 4
    assert {"E-12", "E-12b", "R-31", "N-02", "N-03"} <= set(PRIVATE_RULES)


@pytest.mark.parametrize("fact", PRIVATE)
def test_no_private_fact_reaches_the_notes_even_where_it_was_stored(chat: Chat, fact: str) -> None:
    """A fact that has become private since an old check was stored is held back as well."""
    script = engine().script
    told = [
        answer(key, fact, YES)
        for dialog in script.dialogs.values()
        for key, facts in (
            *((f"{dialog.id}.{one.id}", one.facts) for one in dialog.questions.values()),
            *((f"{dialog.id}.{one.id}", one.facts) for one in dialog.checklists.values()),
        )
        if fact in facts
    ]
    had(
        chat,
        check(
            answer("menu", fact, YES),
            answer("words", fact, YES),
            *told,
            answer("episode.state", "state", Choice.of("crying")),
        ),
    )
    chat.commands("summary")
    words = {
        script.vocabulary.facts[fact].id.replace("_", " "),
        *(
            engine().script.dialogs[item.dialog].checklists[item.id].items[number].text
            for dialog in script.dialogs.values()
            for item in dialog.checklists.values()
            for number, line in enumerate(item.items)
            if fact in line.sets
        ),
    }
    assert told, f"{fact} is asked nowhere"
    for word in words:
        assert word.replace("{baby}", "the baby") not in note(chat)
    assert note(chat).count("•") == 1


@pytest.mark.parametrize("rule", PRIVATE_RULES)
def test_no_private_rule_is_a_reason_and_its_level_alone_is_not_told(rule: str) -> None:
    level = engine().script.book.rules[rule].highest
    assert level is not None
    assert told_in(level, NOW, finished=True, flags=[PastFlag(rule, level, NOW, private=True)]) is None
    both = [PastFlag(rule, Level.EMERGENCY, NOW, private=True), PastFlag("R-05", Level.URGENT, NOW, private=False)]
    assert told_in(Level.EMERGENCY, NOW, finished=True, flags=both) is None


@pytest.mark.parametrize("fact", PRIVATE)
def test_a_parent_who_told_a_private_fact_finds_nothing_of_it_in_the_notes(fact: str) -> None:
    facts = ["tremor=yes", "state=crying", "temperature_c=36.8", "duration_s=5", f"{fact}=yes"]
    chat = played(facts)
    texts = " ".join(effect.text for effect in chat.everything if isinstance(effect, Say))
    chat.commands("menu").waits(hours=30).commands("summary")
    if chat.asked == "own_questions":
        return
    script = engine().script
    private_lines = [
        line.text.replace("{baby}", "the baby")
        for dialog in script.dialogs.values()
        for one in dialog.checklists.values()
        for line in one.items
        if any(script.vocabulary.facts[name].private for name in line.sets)
    ]
    assert private_lines
    for line in private_lines:
        assert line not in note(chat)
    for because in (script.book.rules[rule].because for rule in PRIVATE_RULES):
        assert because.replace("{baby}", "the baby") not in note(chat)
    assert "limit" not in note(chat), texts
    assert not any(isinstance(one, AnswerKept) and one.private and one.fact in note(chat) for one in chat.everything)


def test_the_notes_have_no_placeholder_no_command_and_no_name_of_the_program_parts() -> None:
    chat = played(["tremor=yes", "state=calm_awake", "temperature_c=36.8", "duration_s=5"])
    chat.waits(hours=30).presses("summary")
    assert not re.search(r"[{}\[\]_]|/\w+|R-\d\d|your baby|URGENT|ROUTINE", note(chat))
    assert "not a medical document" in note(chat).lower()
    assert "test version" in note(chat).lower()


def test_that_a_pattern_is_common_is_never_told_to_the_doctor() -> None:
    assert told_in(Level.REASSURE, NOW, finished=True, flags=[PastFlag("R-01", Level.REASSURE, NOW, False)]) is None


def test_advice_of_a_check_that_was_left_is_told_only_where_it_had_been_said() -> None:
    for level, told in ((Level.SOON, False), (Level.URGENT, True)):
        flags = [PastFlag("R-05", level, NOW, private=False)]
        assert (told_in(level, NOW, finished=False, flags=flags) is not None) == told


# How it is sent


def test_the_notes_are_a_message_of_their_own_without_buttons(chat: Chat) -> None:
    keeps(chat, events=1).commands("summary")
    assert isinstance(chat.effects[0], Say)
    assert chat.effects[0].text == note(chat)
    chat.asks("summary")


def long_history(chat: Chat) -> Chat:
    many = [
        answer(f"{dialog.id}.{one.id}", question.id, value)
        for dialog in engine().script.dialogs.values()
        for one in dialog.questions.values()
        for question in (one,)
        if question.options and not question.facts.intersection(PRIVATE)
        for value in question.options[0].sets.values()
    ]
    told = Told(Level.URGENT, NOW, ("R-05",))
    had(chat, *(check(*many, told=told) for _ in range(5)), questions=("\N{BABY}" * MAX_QUESTION,) * MOST_QUESTIONS)
    return keeps(chat, events=40)


def test_what_is_too_long_loses_its_oldest_events_first_and_comes_as_a_file_too(chat: Chat) -> None:
    long_history(chat).commands("summary")
    text = note(chat)
    assert len(text.encode("utf-16-le")) // 2 <= MOST_UNITS < 4096
    assert "older entries are left out here" in text
    [file] = [one for one in chat.effects if isinstance(one, Document)]
    assert file.name == "notes-2026-01-15.txt"
    assert len(file.text) > len(text)
    assert file.text.count("Chin, lip") > text.count("Chin, lip")


def test_every_length_fits_and_none_loses_the_questions_or_the_advice(chat: Chat) -> None:
    sizes = []
    for events in range(0, 40, 3):
        keeps(had(chat, check(told=Told(Level.SOON, NOW, ("R-11",))), questions=("Why?",) * 5), events=events)
        chat.commands("summary")
        sizes.append(len(note(chat)))
        assert "5. Why?" in note(chat)
        assert "see a doctor soon" in note(chat)
    assert max(sizes) <= MOST_UNITS
    assert all(one <= other + 200 for one, other in pairwise(sizes))


# What comes before it


def serious(chat: Chat, level: Level, *, hours: float) -> Chat:
    flag = Flag(level, None, sure=True, at=NOW - timedelta(hours=hours))
    chat.session = replace(chat.session, recent={"R-05": flag})
    return chat


def test_advice_of_the_last_day_is_asked_about_before_anything_else(chat: Chat) -> None:
    keeps(serious(chat, Level.URGENT, hours=23), events=1).commands("summary")
    assert chat.said[0].startswith("Yesterday at 22:40, the answer was: see a doctor today.")
    chat.asks("seen")
    assert "Notes for the doctor" not in chat.text
    chat.presses("no").says("still needs to be seen").asks("summary")
    assert chat.text.index("still needs to be seen") < chat.text.index("Notes for the doctor")
    assert "R-05" in chat.session.recent


def test_a_child_that_was_seen_is_not_asked_about_again(chat: Chat) -> None:
    keeps(serious(chat, Level.EMERGENCY, hours=2), events=1).commands("summary")
    chat.says("Today at 19:40, the answer was: get help at once").presses("yes").asks("summary")
    assert chat.session.recent == {}
    chat.commands("summary").asks("summary")


def test_advice_older_than_a_day_is_past(chat: Chat) -> None:
    keeps(serious(chat, Level.URGENT, hours=25), events=1).commands("summary").asks("summary")


def test_in_a_running_check_its_own_advice_comes_first() -> None:
    chat = played(["tremor=yes", "state=calm_awake"], answers=8)
    chat.commands("summary")
    assert chat.session.check is not None
    assert "the answer was: see a doctor today. That still counts." in chat.said[0]
    chat.presses("continue")
    assert chat.session.check is not None


def test_repeating_the_question_about_the_doctor_still_leads_to_the_notes(chat: Chat) -> None:
    keeps(serious(chat, Level.URGENT, hours=1), events=1).commands("summary").types("asdf").asks("seen")
    chat.presses("not_sure").asks("summary")


@pytest.mark.parametrize("entry", ["visit", "massage", "film"])
def test_what_can_wait_begins_with_advice_that_cannot(chat: Chat, entry: str) -> None:
    serious(chat, Level.URGENT, hours=23)
    for one in engine().script.menu.every:
        if any(below.id == entry for below in one.entries):
            chat.presses(one.id)
    chat.presses(entry)
    assert chat.said[0].startswith("Yesterday at 22:40, the answer was: see a doctor today.")
    chat.asks("seen")


# Where it is offered


@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        (["tremor=yes", "state=calm_awake", "duration_s=5"], True),
        (["tremor=yes", "state=crying", "duration_s=5", "gestation_weeks=34"], True),
        (["tremor=yes", "state=crying", "duration_s=5", "body_parts=chin", "movement=tremble"], False),
    ],
)
def test_it_is_offered_after_what_a_doctor_has_to_see(facts: list[str], *, offered: bool) -> None:
    chat = played([*facts, "temperature_c=36.8", "symmetric=yes"])
    assert ("My summary for the doctor" in chat.labels) == offered


def test_after_an_emergency_it_is_not_offered() -> None:
    chat = played(["tremor=yes", "suspected_fit=yes"])
    assert chat.escalations[-1].level is Level.EMERGENCY
    assert "My summary for the doctor" not in chat.labels


def test_before_consent_nothing_is_kept_and_that_is_said(chat: Chat) -> None:
    stranger = Chat(engine(), NOW).commands("summary")
    stranger.says("we keep nothing before you agree").asks("consent")
    assert stranger.session.prompt is not None
    assert stranger.session.prompt.pending is Pending.CONSENT


# Own questions


def asks_questions(chat: Chat) -> Chat:
    return chat.commands("summary").asks("own_questions")


def test_a_typed_question_is_kept_in_its_own_words_and_stands_in_the_notes(chat: Chat) -> None:
    asks_questions(chat).types("  Does {baby}\n see \u202e[well]?  ").says("1. Does {baby} see [well]?")
    [kept] = [one for one in chat.effects if isinstance(one, QuestionKept)]
    assert kept.text == "Does {baby} see [well]?"
    chat.presses("summary")
    assert "1. Does {baby} see [well]?" in note(chat)


def test_at_most_five_and_each_can_be_deleted(chat: Chat) -> None:
    asks_questions(chat)
    for number in range(MOST_QUESTIONS):
        chat.types(f"Question {'abcdefgh'[number]}?")
    chat.says("there is no room for more").types("One more?")
    assert not any(isinstance(one, QuestionKept) for one in chat.effects)
    chat.presses("delete_question").presses("Question b?").says("2. Question c?")
    [gone] = [one for one in chat.effects if isinstance(one, QuestionDeleted)]
    assert gone.question == 2
    chat.types("One more?").says("5. One more?")


def test_a_long_question_is_asked_for_again_kindly(chat: Chat) -> None:
    asks_questions(chat).types("x" * (MAX_QUESTION + 1)).says("too long for one question").asks("own_questions")
    chat.types("x" * MAX_QUESTION).says("Kept for the doctor")


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u202e", "1", "38.2", "?!"])
def test_what_has_no_letter_is_no_question(chat: Chat, text: str) -> None:
    asks_questions(chat).types(text).says("did not understand").asks("own_questions")
    assert not any(isinstance(one, QuestionKept) for one in chat.everything)


def test_an_emergency_in_a_question_is_an_emergency_and_not_kept(chat: Chat) -> None:
    asks_questions(chat).types("she is not breathing what do I ask")
    assert chat.escalations[-1].level is Level.EMERGENCY
    assert not any(isinstance(one, QuestionKept) for one in chat.everything)


def test_a_word_that_may_be_harmless_is_asked_about_first_and_the_question_is_not_lost(chat: Chat) -> None:
    asks_questions(chat).types("Could it be a fit?").asks("word")
    assert [one.text for one in chat.everything if isinstance(one, QuestionKept)] == ["Could it be a fit?"]


@pytest.mark.parametrize("text", ["I shook her", "what if I shook her?", "did a fit come because I shook her?"])
def test_words_about_harm_are_never_kept(chat: Chat, text: str) -> None:
    asks_questions(chat).types(text)
    assert not any(isinstance(one, QuestionKept) for one in chat.everything)


def test_two_children_in_a_question_are_no_reason_to_lose_it(chat: Chat) -> None:
    asks_questions(chat).types("Can my other baby have it too, my two babies?").says("Kept for the doctor")


def test_global_words_and_buttons_are_no_questions(chat: Chat) -> None:
    asks_questions(chat).types("menu").asks("menu")
    asks_questions(chat).types("my summary for the doctor")
    assert not any(isinstance(one, QuestionKept) for one in chat.everything)


def test_a_moment_is_printed_as_in_the_diary() -> None:
    assert print_moment(NOW) == "15 Jan 2026, 21:40"
