"""What a nurse is told about a mistake in a file of golden chats, and what recording does to the file."""

from __future__ import annotations

from textwrap import indent

import pytest

from bot.authoring.conversation import Conversation
from bot.authoring.conversations import Ran, run
from bot.authoring.golden import engine
from bot.authoring.read_conversations import read_conversations
from bot.authoring.record import recorded
from bot.script.problems import ScriptError

GOOD = """\
# A nurse wrote this.
chat: 38.0 at 2 months goes to the hospital
dialog: fever_screen
parent: {age: 2 months, temperature_c: 38.0}
expect: {level: EMERGENCY, action: go, rules: [F-01]}
show: end
"""

TURNS = "press, press_earlier, type, send, command, wait, until"

MISTAKES = {
    "no claim": (
        ("chat: 38.0 at 2 months goes to the hospital\n", ""),
        "line 2: the chat does not say what it claims. Begin with 'chat: ...'.",
    ),
    "unknown entry": (("expect", "expects"), "line 5: there is no entry 'expects'. Did you mean 'expect'?"),
    "no level": (
        ("level: EMERGENCY, action: go, ", ""),
        "line 2: the chat does not say which level must come out. Write 'expect: {level: URGENT}'.",
    ),
    "unknown level": (
        ("EMERGENCY", "EMERGNECY"),
        "line 5: there is no level 'EMERGNECY'. Did you mean 'EMERGENCY'?",
    ),
    "action of another level": (
        ("action: go", "action: doctor"),
        "line 5: 'doctor' cannot be the action of EMERGENCY. Write one of: call, go.",
    ),
    "action alone": (("level: EMERGENCY, ", ""), "line 5: an action needs its level. Write the level, too."),
    "unknown rule": (("F-01", "FF-01"), "line 5: there is no rule 'FF-01'. Did you mean 'F-01'?"),
    "unknown dialog": (
        ("fever_screen", "fever_scren"),
        "line 3: there is no dialog 'fever_scren'. Did you mean 'fever_screen'?",
    ),
    "part of a dialog": (
        ("fever_screen", "worry"),
        "line 3: there is no dialog 'worry'. Write one of: "
        "after_sleep, after_vaccination, age_check, bath, calm_home, checkups, danger_check, doctor_visit, "
        "fever_screen, gymnastics, how_to_film, massage, ....",
    ),
    "two beginnings": (
        ("dialog:", "start: massage\ndialog:"),
        "line 2: the chat begins in two places. Write one of: dialog, menu, start.",
    ),
    "no beginning": (
        ("dialog: fever_screen\n", ""),
        "line 2: the chat does not say where it begins. Write one of: dialog, menu, start.",
    ),
    "unknown button": (
        ("dialog: fever_screen", "menu: Babby massage"),
        "line 3: there is no button in the menu 'Babby massage'. Did you mean 'Baby massage'?",
    ),
    "unknown fact": (
        ("temperature_c", "temperatur"),
        "line 4: there is no fact 'temperatur'. Did you mean 'temperature_c'?",
    ),
    "unknown value": (
        ("temperature_c: 38.0", "feeding: bad"),
        "line 4: 'feeding' cannot be 'bad'. Write one of: less_than_half, none, normal, not sure, reduced.",
    ),
    "age without a unit": (
        ("2 months,", "2,"),
        "line 4: '2' is not an age. Write for example '10 days', '6 weeks' or '2 months'.",
    ),
    "a day for the parent": (
        ("{age", "{today: 2026-01-15, age"),
        "line 4: 'today' is nothing that a parent tells. Write 'at: 2026-01-15' beside 'parent'.",
    ),
    "unsure of all, in other words": (
        ("{age", "{danger_signs: unknown, age"),
        "line 4: 'danger_signs' can only be 'not sure'. Write 'danger_signs: not sure'.",
    ),
    "no date": (
        ("dialog:", "at: last night\ndialog:"),
        "line 3: 'last night' is no date. Write it as 2026-01-15, or with a time as 2026-01-15 23:30.",
    ),
    "unknown gate": (
        ("rules: [F-01]", "gate: {masage: closed}"),
        "line 5: there is no gate 'masage'. Did you mean 'massage'?",
    ),
    "unknown result": (
        ("rules: [F-01]", "gate: {massage: shut}"),
        "line 5: there is no result 'shut'. Write one of: closed, gentle, strokes_only.",
    ),
    "no limit": (("rules: [F-01]", "taps: few"), "line 5: 'few' is no limit. Write for example 'at most 14'."),
    "no part": (
        ("show: end", "show: some"),
        "line 6: 'some' is no part of a chat. Write 'all', 'end' or 'from 5'.",
    ),
    "a transcript by hand": (
        ("show: end", "transcript: She goes to the hospital"),
        "line 6: the transcript is recorded, not written. Delete it, and record it with --update.",
    ),
    "a turn that does nothing": (
        ("show: end", "turns:\n  - says: hello"),
        f"line 7: this turn does not say what the parent does. Write one of: {TURNS}.",
    ),
    "a turn that does two things": (
        ("show: end", "turns:\n  - press: Yes\n    type: yes"),
        f"line 7: this turn does two things. Write one of: {TURNS}.",
    ),
    "no length of time": (
        ("show: end", "turns:\n  - wait: a while"),
        "line 7: 'a while' is no length of time. Write for example '31 minutes', '25 hours' or '2 days'.",
    ),
    "no kind of message": (
        ("show: end", "turns:\n  - send: a picture"),
        "line 7: there is no kind of message 'a picture'. "
        "Write one of: forwarded, other, photo, sticker, video, voice.",
    ),
    "unknown question": (
        ("show: end", "turns:\n  - until: temperature.temperature"),
        "line 7: there is no question 'temperature.temperature'. Did you mean 'temperature.temperature_c'?",
    ),
    "an entry twice": (
        ("show: end", "show: end\nshow: all"),
        "line 7: 'show' stands here twice (first in line 6). Rename one of them, or take it out.",
    ),
}
OTHER_MISTAKES = {
    "a list of words": ("chats:\n  - fever\n", "line 2: this is no chat. Begin each chat with '- chat: '."),
    "two alike": (
        "chats:\n" + 2 * "  - {chat: same, dialog: massage, expect: {level: SOON}}\n",
        "line 3: two chats claim the same. Say what is different in this one.",
    ),
}
CASES = {name: (GOOD.replace(*edit), message) for name, (edit, message) in MISTAKES.items()} | OTHER_MISTAKES


def read(text: str) -> Conversation:
    [conversation] = read_conversations(text, "chat.yaml", engine().script)
    return conversation


def run_one(text: str) -> Ran:
    return run(engine(), read(text))


@pytest.mark.parametrize(("text", "message"), CASES.values(), ids=CASES.keys())
def test_a_mistake_names_its_line_and_its_cure(text: str, message: str) -> None:
    with pytest.raises(ScriptError) as caught:
        read_conversations(text, "chat.yaml", engine().script)

    assert [str(problem) for problem in caught.value.problems] == [f"chat.yaml, {message}"]


def test_several_mistakes_are_told_at_once() -> None:
    with pytest.raises(ScriptError) as caught:
        read(GOOD.replace("F-01", "F-1").replace("fever_screen", "fever"))

    assert str(caught.value).endswith("2 things to mend")


def test_a_recorded_chat_is_read_back_unchanged() -> None:
    ran = run_one(GOOD)

    text = recorded(GOOD, ran.conversation, ran.transcript)
    again = run_one(text)

    assert text.startswith(GOOD)
    assert not again.changed
    assert recorded(text, again.conversation, again.transcript) == text


def test_recording_changes_nothing_but_the_transcript_of_that_chat() -> None:
    one = GOOD.removeprefix("# A nurse wrote this.\n")
    other = "chat: another\nstart: menu\nturns:\n  - type: emergency\n"
    text = "chats:\n" + "\n".join(f"{indent(part, '    ').replace('    ', '  - ', 1)}" for part in (one, other))
    first, second = read_conversations(text, "chat.yaml", engine().script)

    now = recorded(text, first, "a new\n\n  transcript")

    assert now == text.replace(
        "    show: end\n", "    show: end\n    transcript: |\n      a new\n\n        transcript\n"
    )
    [_, after] = read_conversations(now, "chat.yaml", engine().script)
    later = recorded(now, after, "the other one")
    assert later == now + "    transcript: |\n      the other one\n"
    assert second.deeds[0].what == "emergency"


def test_a_transcript_in_the_middle_is_replaced_where_it_stands() -> None:
    text = GOOD.replace("show: end\n", "transcript: |\n  old\n\n  text\n\nshow: end\n")

    assert recorded(text, read(text), "new") == GOOD.replace("show: end\n", "transcript: |\n  new\n\nshow: end\n")


def test_a_change_for_the_parent_is_shown_line_by_line() -> None:
    ran = run_one(GOOD)
    text = recorded(GOOD, ran.conversation, ran.transcript.replace("Go to the hospital", "Drive to the hospital"))

    again = run_one(text)

    assert again.changed
    assert "-        Drive to the hospital emergency department now." in again.difference()
    assert "+        Go to the hospital emergency department now." in again.difference()


def test_a_claim_that_does_not_hold_is_told_with_what_came_out() -> None:
    text = GOOD.replace("EMERGENCY, action: go", "URGENT, action: doctor").replace("[F-01]", "[F-02], quiet: [F-01]")

    assert run_one(text).faults == (
        "the level is EMERGENCY, expected URGENT (raised: F-01 EMERGENCY)",
        "the action is go, expected doctor",
        "F-02 is not raised (raised: F-01 EMERGENCY)",
        "F-01 is raised at EMERGENCY, and should not be",
    )


def test_claims_of_a_single_turn_are_held_to_that_turn() -> None:
    text = """\
chat: the danger signs come first
start: fever_screen
turns:
  - press: None of these
    asks: child.birth_date
    says: Call 112 now
    never_says: soft spot
    level: URGENT
"""

    assert run_one(text).faults == (
        "line 4: the bot does not say 'Call 112 now'",
        "line 4: the bot says 'soft spot', and should not",
        "line 4: the level is none, expected URGENT",
        "line 4: the bot asks warning_signs.warning_signs, expected child.birth_date",
    )


def test_a_button_that_is_not_there_is_told_with_those_that_are() -> None:
    [fault] = run_one("chat: a\nstart: menu\nturns:\n  - press: Burp\n").faults

    assert fault.startswith("no button 'Burp' is shown, only ['It is happening now', ")
