"""Where parents leave, as moderators see it: never a number under ten, and none that subtraction would give away."""

import json
import re
from collections import Counter
from dataclasses import asdict
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest

from bot.authoring.funnel.chart import chart, chart_png
from bot.authoring.funnel.funnel import LEAST, Funnel, funnels, rounded
from bot.authoring.funnel.read import NotCountedError, read_report
from bot.authoring.funnel.report import Report, as_json, table
from bot.authoring.funnel.steps import step_words, steps_of
from bot.places import find_places
from bot.script.load import load_places
from bot.script.script import Script
from bot.service.counting import EMERGENCY, LEFT, RESULT, START
from bot.store.rows import StepCount

FIRST, UNTIL = date(2026, 8, 24), date(2026, 11, 22)
DANGER, WARNING, BORN = "danger_signs.danger_signs", "warning_signs.warning_signs", "child.birth_date"


@cache
def script() -> Script:
    places = find_places()
    return load_places(places.dialogs, places.content)


def counts(ways: dict[tuple[str, str], int], *, dialog: str = "fever_screen", version: str = "abc") -> list[StepCount]:
    return [StepCount(version, dialog, origin, step, number) for (origin, step), number in ways.items()]


def crowd(seed: int, parents: int) -> dict[tuple[str, str], int]:
    """Made-up parents who go through a dialog, and leave or end where chance will have it."""
    chance, ways = Random(seed), Counter[tuple[str, str]]()
    steps = list(steps_of(script(), script().dialogs["fever_screen"]))[1:9]
    for _ in range(parents):
        origin = START
        for step in steps:
            ways[origin, step] += 1
            origin = step
            end = chance.choices([None, LEFT, EMERGENCY], [85, 10, 5])[0]
            if end is not None:
                ways[step, end] += 1
                break
        else:
            ways[origin, RESULT] += 1
    return dict(ways)


def report(found: list[StepCount], **wanted: str) -> Report:
    return read_report(script(), found, FIRST, UNTIL, **wanted)


USUAL = {
    (START, DANGER): 128,
    (DANGER, WARNING): 113,
    (DANGER, LEFT): 4,
    (DANGER, EMERGENCY): 11,
    (WARNING, BORN): 82,
    (WARNING, LEFT): 31,
    (BORN, LEFT): 9,
    (BORN, RESULT): 73,
}


def test_a_dialog_is_told_in_the_order_of_its_questions_and_in_their_words() -> None:
    [one] = funnels(script(), counts(USUAL))
    assert [step.key for step in one.steps] == [DANGER, WARNING, BORN]
    assert one.steps[2].words == "Born"
    assert [step.reached for step in one.steps] == [120, 110, 80]
    assert [step.left for step in one.steps] == [None, 30, None]
    assert (one.began, one.left, one.emergency, one.result) == (120, 40, 10, 70)


def test_the_table_is_what_the_guide_shows() -> None:
    shown = table(report(counts(USUAL), dialog="fever_screen"))
    assert shown.splitlines() == [
        "Where parents leave, 2026-08-24 to 2026-11-21. Versions: abc",
        "",
        "Fever check (fever_screen): 120 began, 70 came to a result, 10 were told to get help at once, 40 left.",
        "",
        "Question                                                    Reached  Went on      Left   Left, %",
        "Danger signs: Is any of this true, now or since yesterday?      120        -  under 10   under 9",
        "Warning signs: Is any of this true?                             110       80        30  about 27",
        "Born                                                             80        -  under 10  under 13",
        "",
        "Numbers of parents, rounded down to a multiple of 10; fewer than 10 are never told, nor what would",
        "tell them (-). Each parent is counted once in a dialog. Who was told to get help at once, or has not",
        "finished yet, counts as gone on.",
    ]


def numbers(shown: Funnel) -> list[int]:
    """Every number of parents that is told."""
    told = [shown.began, shown.left, shown.emergency, shown.result]
    for step in shown.steps:
        told += [step.reached, step.went_on, step.left]
    return [one for one in told if one is not None]


@pytest.mark.parametrize("parents", [0, 1, 9, 10, 11, 19, 57, 240])
@pytest.mark.parametrize("seed", range(12))
def test_no_number_and_no_difference_of_two_is_a_small_one(seed: int, parents: int) -> None:
    for one in funnels(script(), counts(crowd(seed, parents))):
        told = numbers(one)
        assert all(number >= LEAST for number in told)
        small = [abs(a - b) for a, b in product(told, told) if 0 < abs(a - b) < LEAST]
        assert not small
        assert all(number % LEAST == 0 for number in told)


@pytest.mark.parametrize("number", range(1, 40))
def test_one_parent_more_or_less_is_not_to_be_seen_but_at_a_multiple_of_ten(number: int) -> None:
    assert (rounded(number) == rounded(number - 1)) == (number % LEAST != 0)


def test_the_same_picture_stands_for_at_least_ten_truths() -> None:
    """Whoever sees the table knows of no cell which of ten numbers it is, whatever the others say."""
    shown = funnels(script(), counts(USUAL))
    for way, number in USUAL.items():
        others = [
            {**USUAL, way: number + more}
            for more in range(-9, 10)
            if number + more >= 0 and funnels(script(), counts({**USUAL, way: number + more})) == shown
        ]
        assert len(others) > 1, way


def test_where_few_left_it_is_not_told_how_many_went_on() -> None:
    [one] = funnels(script(), counts(USUAL))
    for step in one.steps:
        assert (step.went_on is None) == (step.left is None)


def test_percentages_come_from_the_rounded_numbers() -> None:
    [one] = funnels(script(), counts(USUAL))
    assert one.steps[1].percent == "about 27"
    assert one.steps[0].percent == "under 9"


def test_a_dialog_that_few_began_is_named_without_a_number() -> None:
    found = report(counts({(START, DANGER): 9, (DANGER, LEFT): 9}))
    assert found.funnels == ()
    assert "fever_screen" in found.too_few
    assert "massage" in found.too_few, "nobody and a few look the same"
    assert "9" not in table(found).replace("2026", "").partition("Fewer")[2]


def test_json_holds_what_the_table_holds_and_no_more() -> None:
    found = report(counts(USUAL))
    told = json.loads(as_json(found))
    assert told["dialogs"] == json.loads(json.dumps([asdict(one) for one in found.funnels]))
    assert told["last_day"] == "2026-11-21"
    exact = {128, 113, 31, 73, 82, 4, 11, 9}
    assert not exact & {int(one) for one in re.findall(r"\b\d+\b", as_json(found).partition('"dialogs"')[2])}


def test_versions_are_told_apart_by_the_beginning_of_their_names() -> None:
    both = [*counts(USUAL, version="abc1"), *counts(USUAL, version="def2")]
    assert report(both).funnels[0].began == 250
    assert report(both, version="abc").funnels[0].began == 120
    with pytest.raises(NotCountedError, match="no version begins with 'xyz'"):
        report(both, version="xyz")


def test_a_dialog_that_is_not_there_is_refused_with_a_hint() -> None:
    with pytest.raises(NotCountedError, match="fever_screen"):
        report(counts(USUAL), dialog="fever_scren")


def test_a_question_that_is_gone_keeps_its_numbers_under_its_key() -> None:
    [one] = funnels(script(), counts({**USUAL, (START, "old.gone"): 40}))
    assert one.steps[-1].words == "old.gone (not in these dialogs)"


def test_every_step_of_every_dialog_has_words() -> None:
    for dialog in script().dialogs.values():
        for step in steps_of(script(), dialog):
            words = step_words(script(), step)
            assert words
            assert "not in these dialogs" not in words, step
            assert not re.search(r"[{}]", words)


def test_the_chart_has_a_row_for_each_step_and_words_for_those_who_do_not_see_it() -> None:
    found = report(counts(USUAL)).funnels[0]
    text = chart(found, "some days")
    root = ElementTree.fromstring(text)
    words = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert all(step.words in words for step in found.steps)
    description = next(root.iter("{http://www.w3.org/2000/svg}desc")).text
    assert description is not None
    assert "110 reached it, 30 left there." in description
    assert text == chart(found, "some days")


def test_the_chart_can_be_made_a_png(tmp_path: Path) -> None:
    made = chart_png(report(counts(USUAL)).funnels[0], "some days")
    assert made.startswith(b"\x89PNG")


def test_the_day_that_is_running_is_not_told() -> None:
    assert report([]).days == f"2026-08-24 to {UNTIL - timedelta(days=1)}"
    assert "Today is not counted yet" in table(report([]))
