"""Red arrows: every rule that an answer can raise stands at its question, with the level that it can reach."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.authoring.draw_alarms import RED
from bot.authoring.draw_alone import raised_alone
from bot.authoring.draw_answers import Answers, Asks, answers_to
from bot.authoring.draw_dialog import draw_dialog
from bot.authoring.draw_docs import alarms
from bot.authoring.draw_picture import Shape, Way
from bot.authoring.draw_raises import Raises
from bot.authoring.draw_walked import flags_by
from bot.authoring.golden import chats, engine, files
from bot.facts.level import Level
from bot.facts.value import NOT_SURE, Choice, Value
from bot.script.model import Dialog, Kind
from bot.script.rules import Rule
from bot.triage.assess import assess
from bot.triage.examples import child_of
from bot.triage.knowledge import Knowledge

SCRIPT = engine().script
ALARMS = alarms()


def asked_in(dialog: Dialog) -> tuple[Asks, ...]:
    return (*dialog.questions.values(), *dialog.checklists.values())


ASKED: dict[str, Asks] = {
    f"{dialog.id}.{asks.id}": asks for dialog in SCRIPT.dialogs.values() for asks in asked_in(dialog)
}
GOLDEN = ("danger_e04_fit", "fever_f01_under_3_months", "tremor_r14_in_a_row", "unsure_c05_c07_c10")
EVERY = 4
"""Of the examples of a rule every fourth is tried: all of them take minutes."""


def drawn(asks: Asks, rule: str, level: Level) -> bool:
    """Whether a red arrow of this level or above stands at the question, for this rule."""
    return any(rule in alarm.rules and alarm.level >= level for alarm in ALARMS.of(asks))


def answerable(asks: Asks, facts: Mapping[str, Value]) -> bool:
    """Whether the facts of this child that the question tells can be answered so."""
    values = answers_to(SCRIPT.vocabulary, asks).values
    mine = [name for name in values if name in facts]
    return bool(mine) and all(not values[name] or facts[name] in values[name] for name in mine)


@pytest.mark.parametrize("rule", SCRIPT.book.rules.values(), ids=lambda rule: rule.id)
def test_an_answer_that_decides_an_example_of_a_rule_has_its_red_arrow(rule: Rule) -> None:
    """Take one question's answers away from an example child: the flags that fall are those that it can raise."""
    for example in rule.fires_for[::EVERY]:
        child = child_of(SCRIPT.vocabulary, example)
        raised = assess(SCRIPT.book, child).raised.values()
        serious = [one for one in raised if one.level in RED]
        for key, asks in ASKED.items() if serious else ():
            if not answerable(asks, example.facts):
                continue
            facts = answers_to(SCRIPT.vocabulary, asks).facts
            told = {name: one for name, one in child.told.items() if name not in facts}
            before = assess(SCRIPT.book, Knowledge(SCRIPT.vocabulary, told, now=child.now, today=child.today)).raised
            for one in serious:
                if one.rule not in before or before[one.rule].level < one.level:
                    assert drawn(asks, one.rule, one.level), f"{key} raises {one.rule} to {one.level.name}"


@pytest.mark.parametrize("path", [path for path in files() if path.stem in GOLDEN], ids=lambda path: path.stem)
def test_an_answer_that_raises_a_flag_in_a_golden_chat_has_its_red_arrow(path: Path) -> None:
    seen = 0
    for question, rule, level in flags_by(chats(path)):
        if question in ASKED and rule in SCRIPT.book.rules and level in RED:
            seen += 1
            assert drawn(ASKED[question], rule, level), f"{question} raises {rule} to {level.name}"
    assert seen


@pytest.mark.parametrize("key", ASKED)
def test_what_an_answer_raises_alone_is_among_what_it_can_raise(key: str) -> None:
    for rule, level in raised_alone(SCRIPT, ASKED[key]):
        if level in RED:
            assert drawn(ASKED[key], rule, level)


def test_red_arrows_are_not_drawn_where_nothing_can_be_raised() -> None:
    """A rule that does not look at a fact, by any way, does not stand at its question."""
    assert ALARMS.of(ASKED["right_moment.mood_now"]) == ()
    injured = {rule for alarm in ALARMS.of(ASKED["warning_signs.head_injury_signs"]) for rule in alarm.rules}
    assert injured == {"E-11", "C-05"}


def test_a_list_of_emergencies_says_that_any_of_them_is_one() -> None:
    [first, *_] = ALARMS.of(ASKED["danger_signs.danger_signs"])

    assert first.level is Level.EMERGENCY
    assert first.floor
    assert {"E-01", "E-02", "E-03", "E-06", "E-14"} <= set(first.alone)


def test_each_alarm_of_a_question_is_a_red_arrow_to_a_box_that_names_level_and_rules() -> None:
    for name in ("temperature", "danger_signs"):
        picture = draw_dialog(SCRIPT, ALARMS, name)
        boxes = {box.key: box for box in picture.boxes}
        for item in SCRIPT.dialogs[name].plan:
            arrows = [arrow for arrow in picture.arrows if arrow.source == item.id and arrow.way is Way.ALARM]
            alarms = ALARMS.of(ASKED[f"{name}.{item.target}"])
            assert [arrow.level for arrow in arrows] == [alarm.level for alarm in alarms]
            for arrow, alarm in zip(arrows, alarms, strict=True):
                text = " ".join(boxes[arrow.target].lines)
                assert boxes[arrow.target].shape is Shape.ALARM
                assert text.startswith(alarm.level.name)
                assert [rule for rule in alarm.rules if rule not in text] == []


def test_a_part_as_one_box_says_how_many_rules_stand_in_it() -> None:
    picture = draw_dialog(SCRIPT, ALARMS, "fever_screen")
    boxes = {box.key: box for box in picture.boxes}
    inside = ALARMS.inside(SCRIPT.dialogs["temperature"])

    for level in RED:
        assert boxes[f"{level.name} do_temperature"].lines[1].startswith(f"{len(inside[level])} rule")


def test_a_checklist_shows_the_level_of_its_floor() -> None:
    for dialog in SCRIPT.dialogs.values():
        boxes = {box.key: box for box in draw_dialog(SCRIPT, ALARMS, dialog.id).boxes} if dialog.part else {}
        for item in dialog.plan if dialog.part else ():
            if item.kind is Kind.CHECKLIST:
                checklist = dialog.checklists[item.target]
                assert boxes[item.id].level is checklist.level
                text = " ".join(boxes[item.id].lines)
                assert (checklist.level is None) or f"each {checklist.level.name} or above" in text


def test_a_sign_that_can_only_be_left_not_sure_raises_its_rule_one_level_lower() -> None:
    spots = Raises.of(SCRIPT, Answers({"non_blanching_rash": (NOT_SURE,)}), flags=False)

    assert max(spots.levels["E-06"]) is Level.URGENT


def test_an_answer_by_which_another_fact_is_asked_no_more_counts_its_usual_value() -> None:
    """No fast breathing: nobody counts the breaths, and the usual count stands in the rule."""
    calm = Raises.of(SCRIPT, Answers({"fast_breathing": (Choice.of("no"),)}), flags=False)

    assert "E-17" in calm.levels
    assert "E-06" not in calm.levels
