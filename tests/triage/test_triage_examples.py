"""The children beside each rule: all of them come out as written, and a wrong one is told in a plain sentence."""

from dataclasses import replace
from datetime import date

import pytest
from triage_helpers import book, old, real, vocabulary

from bot.facts.level import Level
from bot.facts.value import NO, YES, Born, DaysOld, Number
from bot.script.problems import Place
from bot.script.rules import Example, RuleBook
from bot.triage.examples import Wrong, child_of, level_for, wrong_examples

PLACE = Place("content/red_flags.yaml", 30)
DAY = date(2026, 3, 1)


def example(**facts: object) -> Example:
    return Example(facts, None, DAY, PLACE)  # type: ignore[arg-type]


def test_every_example_of_the_real_rules_comes_out() -> None:
    facts, rules = real()
    count = sum(len(rule.fires_for) + len(rule.quiet_for) for rule in rules.rules.values())

    assert [str(wrong.problem) for wrong in wrong_examples(facts, rules)] == []
    assert count > 1000


def test_every_real_rule_has_an_example_at_each_of_its_levels() -> None:
    _, rules = real()
    for rule in rules.rules.values():
        shown = {rule.highest if one.level is None else one.level for one in rule.fires_for}

        assert shown >= {row.level for row in rule.levels}, rule.id


RULES = book("""
    X-01:
      levels:
        - {level: EMERGENCY, action: go, when: {blue: yes}}
        - {level: SOON, when: {pale: yes, age: from 3 months}}
""")
X = RULES.rules["X-01"]


def wrong(fires: bool, level: Level | None = None, **facts: object) -> str:
    """What is told when X-01 stands beside this child."""
    child = replace(example(**facts), level=level)
    rule = replace(X, fires_for=(child,) if fires else (), quiet_for=() if fires else (child,))
    found = [one.problem for one in wrong_examples(vocabulary(), RuleBook({"X-01": rule}))]
    assert len(found) <= 1
    return str(found[0]).removeprefix("content/red_flags.yaml, line 30: ") if found else "nothing"


@pytest.mark.parametrize(
    ("level", "facts", "told"),
    [
        (None, {"blue": YES}, "nothing"),
        (
            None,
            {"blue": NO},
            "this child should raise X-01 as EMERGENCY, but is quiet. Change the rule or the example.",
        ),
        (
            None,
            {"blue": NO, "pale": YES, "birth_date": old(200)},
            "this child should raise X-01 as EMERGENCY, but is raised as SOON. Change the rule or the example.",
        ),
        (Level.SOON, {"blue": NO, "pale": YES, "birth_date": old(200)}, "nothing"),
        (
            Level.SOON,
            {"blue": YES},
            "this child should raise X-01 as SOON, but is raised as EMERGENCY. Change the rule or the example.",
        ),
    ],
)
def test_a_child_for_whom_a_rule_should_be_raised(level: Level | None, facts: dict[str, object], told: str) -> None:
    assert wrong(True, level, **facts) == told


@pytest.mark.parametrize(
    ("level", "facts", "told"),
    [
        (None, {"blue": NO}, "nothing"),
        (
            None,
            {"blue": YES},
            "this child should be quiet for X-01, but is raised as EMERGENCY. Change the rule or the example.",
        ),
        (Level.EMERGENCY, {"pale": YES, "birth_date": old(200)}, "nothing"),
        (
            Level.URGENT,
            {"blue": YES},
            "this child should stay below URGENT for X-01, but is raised as EMERGENCY. Change the rule or the example.",
        ),
    ],
)
def test_a_child_for_whom_a_rule_should_stay_quiet(level: Level | None, facts: dict[str, object], told: str) -> None:
    assert wrong(False, level, **facts) == told


def test_what_an_example_does_not_say_is_named() -> None:
    assert wrong(True, Level.SOON, pale=YES) == (
        "this child should raise X-01 as SOON, but is quiet. Change the rule or the example. "
        "The example does not say: birth_date."
    )


def test_a_problem_stands_where_the_example_stands() -> None:
    assert Wrong("X-01", example(), fires=True, got=None, wanted=Level.SOON).problem.place == PLACE


def test_what_an_example_leaves_out_is_usual_and_nothing_where_nothing_is() -> None:
    child = child_of(vocabulary(), example(blue=YES))

    assert child.answered("blue") == YES
    assert child.answered("pale") == NO
    assert child.answered("temperature_c") == Number.of("36.8")
    assert child.answered("birth_date") is None
    assert child.today == DAY


def test_what_makes_no_sense_for_a_child_is_left_out_unless_the_example_says_it() -> None:
    grown = child_of(vocabulary(), example(birth_date=old(200)))
    told = child_of(vocabulary(), example(birth_date=old(200), newborn_sign=YES))

    assert "newborn_sign" not in grown.told
    assert "feels_hot" not in grown.told
    assert told.answered("newborn_sign") == YES


def test_an_age_in_days_is_the_age_on_the_day_of_the_example() -> None:
    assert child_of(vocabulary(), example(birth_date=old(20))).answered("birth_date") == DaysOld(20, 20, DAY)
    assert child_of(vocabulary(), example(birth_date=Born(DAY))).answered("birth_date") == Born(DAY)


def test_the_level_of_one_rule_can_be_asked_for_one_child() -> None:
    assert level_for(vocabulary(), RULES, X, example(blue=YES)) is Level.EMERGENCY
    assert level_for(vocabulary(), RULES, X, example(blue=NO)) is None
