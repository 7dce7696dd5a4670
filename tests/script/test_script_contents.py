"""What stands in the files is what the engine gets: facts, rules, gates, dialogs, how-tos, outcomes, the menu."""

from datetime import date, timedelta
from decimal import Decimal

from script_helpers import edited, load

from bot.facts.interval import Interval
from bot.facts.level import Action, Level
from bot.facts.value import NO, NOT_SURE, YES, Choice, DaysOld, Number
from bot.script.conditions import ALWAYS, All, FlagRaised, GateIs
from bot.script.load_examples import EXAMPLE_DAY
from bot.script.model import Input, Kind
from bot.script.vocabulary import AgeFunction, FactType, Scope

SCRIPT = load()
FEVER = SCRIPT.dialogs["fever"]


def test_a_fact_has_its_type_its_unit_and_how_long_it_counts() -> None:
    fact = SCRIPT.vocabulary.facts["temperature_c"]

    assert (fact.type, fact.scope, fact.unit) == (FactType.NUMBER, Scope.NOW, "°C")
    assert fact.valid_for == timedelta(hours=2)
    assert fact.usual == Number.of("36.8")
    assert not fact.private
    assert fact.harmless is False


def test_a_fact_knows_when_it_makes_sense() -> None:
    facts = SCRIPT.vocabulary.facts

    assert str(facts["feeding"].ages) == "under 24 months"
    assert facts["feels_hot"].ask_if is not None
    assert facts["colour"].ask_if is None


def test_what_is_private_or_harmless_is_marked() -> None:
    private = load(
        edited("content/facts.yaml", ("    ages: under 24 months", "    private: yes\n    harmless_unknown: yes"))
    )
    at_an_age = load(edited("content/facts.yaml", ("    ages: under 24 months", "    harmless_unknown: from 15 days")))

    assert private.vocabulary.facts["feeding"].private
    assert private.vocabulary.facts["feeding"].harmless is True
    assert str(at_an_age.vocabulary.facts["feeding"].harmless) == "from 15 days"


def test_a_computed_fact_knows_how() -> None:
    derived = SCRIPT.vocabulary.derived

    assert derived["age"].function is AgeFunction.FROM_BIRTH
    assert derived["fever"].condition is not None
    assert len(derived["not_well"].count_of) == 2
    assert SCRIPT.vocabulary.counted("not_well")
    assert not SCRIPT.vocabulary.counted("fever")


def test_every_name_has_its_options_and_its_unit() -> None:
    vocabulary = SCRIPT.vocabulary

    assert vocabulary.options_of("colour") == ("normal", "pale", "blue")
    assert vocabulary.options_of("fever") == vocabulary.options_of("feels_hot") == ("yes", "no")
    assert vocabulary.options_of("temperature_c") == vocabulary.options_of("age") == ()
    assert vocabulary.unit_of("not_well") == ""
    assert vocabulary.type_of("nothing") is None
    assert set(vocabulary.names) == {*vocabulary.facts, *vocabulary.derived}


def test_a_rule_has_its_levels_actions_and_highest_level() -> None:
    rule = SCRIPT.book.rules["F-01"]

    assert [(row.level, row.action) for row in rule.levels] == [(Level.EMERGENCY, Action.GO), (Level.SOON, None)]
    assert rule.highest is Level.EMERGENCY
    assert rule.stratum == 1
    assert rule.id in SCRIPT.unapproved


def test_a_rule_has_its_exceptions_and_what_an_undecided_one_counts_as() -> None:
    rule = SCRIPT.book.rules["C-07"]

    assert rule.unless == (FlagRaised("E-02"),)
    assert rule.not_sure is not None
    assert [(row.level, row.when) for row in rule.not_sure] == [(Level.SOON, ALWAYS)]
    assert SCRIPT.book.rules["F-01"].not_sure is None


def test_what_must_hold_for_a_whole_rule_holds_for_each_of_its_levels() -> None:
    edit = (
        "    levels:\n      - level: EMERGENCY\n        action: go",
        "    when: {colour: pale}\n    levels:\n      - level: EMERGENCY\n        action: go",
    )
    rule = load(edited("content/red_flags.yaml", edit)).book.rules["F-01"]

    assert all(isinstance(row.when, All) for row in rule.levels)
    assert all("colour" in str(row.when) for row in rule.levels)


def test_as_no_counts_as_nothing() -> None:
    rule = load(edited("content/red_flags.yaml", ("not_sure: SOON", "not_sure: as no"))).book.rules["C-07"]

    assert rule.not_sure is not None
    assert rule.not_sure[0].level is None


def test_an_example_is_a_child_of_an_age_on_a_day() -> None:
    (example,) = SCRIPT.book.rules["F-01"].fires_for

    assert example.facts == {"birth_date": DaysOld(61, 61, EXAMPLE_DAY), "temperature_c": Number.of("38.0")}
    assert (example.level, example.today) == (None, EXAMPLE_DAY)
    assert str(example.place) == "content/red_flags.yaml, line 30"


def test_an_example_may_name_its_day_its_birth_date_and_the_level_meant() -> None:
    edit = (
        "{age: 2 months, temperature_c: 38.0}",
        "{today: 2026-03-01, birth_date: 2026-01-01, level: SOON, temperature_c: 38}",
    )
    (example,) = load(edited("content/red_flags.yaml", edit)).book.rules["F-01"].fires_for

    assert (example.today, example.level) == (date(2026, 3, 1), Level.SOON)


def test_an_example_may_be_of_an_age_that_nobody_knows() -> None:
    edit = ("{age: 2 months, temperature_c: 38.0}", "{age: not sure, temperature_c: 38.0}")
    (example,) = load(edited("content/red_flags.yaml", edit)).book.rules["F-01"].fires_for

    assert example.facts["birth_date"] == NOT_SURE


def test_rules_come_in_the_order_of_their_strata() -> None:
    assert [rule.id for rule in SCRIPT.book.by_stratum] == ["E-02", "F-01", "C-07"]
    assert SCRIPT.book.tags == {"danger"}


def test_a_gate_has_its_reasons_and_its_results() -> None:
    gates = SCRIPT.book.gates

    assert gates["massage"].results == ("closed", "gentle", "open")
    assert [row.because for row in gates["massage"].closed] == [
        "massage begins at 5 weeks",
        "a doctor should look first",
    ]
    assert gates["gymnastics"].closed[0].when == GateIs("massage", "closed")
    assert SCRIPT.book.gate_results["gymnastics"] == ("closed", "open")


def test_a_question_has_its_input_its_bands_and_what_each_answer_tells() -> None:
    typed, pressed = FEVER.questions["temperature_c"], FEVER.questions["feels_hot"]

    assert typed.input is Input.TEMPERATURE
    assert typed.not_sure == "No thermometer"
    assert [option.sets for option in typed.bands] == [
        {"temperature_c": Number(Interval(high=Decimal("38.0"), high_in=False))},
        {"temperature_c": Number(Interval(low=Decimal("38.0")))},
    ]
    assert {option.id: option.sets for option in pressed.options} == {
        "yes": {"feels_hot": YES},
        "no": {"feels_hot": NO},
    }
    assert typed.facts == {"temperature_c"}


def test_a_checklist_has_its_floor_and_its_lines() -> None:
    danger, ill = SCRIPT.dialogs["danger"].checklists["danger_signs"], FEVER.checklists["ill"]

    assert (danger.level, danger.action) == (Level.EMERGENCY, Action.CALL)
    assert (ill.level, ill.action) == (None, None)
    assert [(item.id, item.then) for item in ill.items] == [("colour", None), ("feeding", "feeding")]
    assert ill.facts == {"colour", "feeding"}


def test_two_lines_about_one_fact_have_ids_of_their_own() -> None:
    edit = (
        "      - {text: Pale, sets: {colour: pale}}\n",
        "      - {text: Pale, sets: {colour: pale}}\n      - {text: Blue, sets: {colour: blue}}\n",
    )
    ill = load(edited("dialogs/fever.yaml", edit)).dialogs["fever"].checklists["ill"]

    assert [item.id for item in ill.items] == ["colour", "colour_2", "feeding"]


def test_none_of_these_may_mean_what_the_line_says_it_means() -> None:
    edit = ("{text: Pale, sets: {colour: pale}}", "{text: Pale, sets: {colour: pale}, denied: {colour: normal}}")
    ill = load(edited("dialogs/fever.yaml", edit)).dialogs["fever"].checklists["ill"]

    assert ill.items[0].denied == {"colour": Choice.of("normal")}


def test_a_plan_is_steps_with_names_of_their_own() -> None:
    assert [(item.id, item.kind, item.target) for item in FEVER.plan] == [
        ("do_danger", Kind.DO, "danger"),
        ("ask_temperature_c", Kind.ASK, "temperature_c"),
        ("ask_feels_hot", Kind.ASK, "feels_hot"),
        ("checklist_ill", Kind.CHECKLIST, "ill"),
        ("ask_feeding", Kind.ASK, "feeding"),
        ("say_cool", Kind.SAY, "cool"),
        ("gate_massage", Kind.GATE, "massage"),
        ("howto_massage", Kind.HOWTO, "massage"),
        ("finish", Kind.FINISH, ""),
    ]


def test_a_dialog_may_end_twice_and_save_an_episode() -> None:
    edit = ("  - finish\n", "  - when: {fever: yes}\n    finish: {saves: episode}\n  - finish\n")
    plan = load(edited("dialogs/fever.yaml", edit)).dialogs["fever"].plan

    assert [(item.id, item.saves) for item in plan[-2:]] == [("finish", "episode"), ("finish#2", None)]


def test_a_part_is_no_dialog_of_its_own() -> None:
    assert SCRIPT.dialogs["danger"].part
    assert not FEVER.part


def test_a_howto_shows_the_steps_of_its_result() -> None:
    howto = SCRIPT.howtos["massage"]

    assert [step.id for step in howto.steps_for("gentle")] == ["place", "strokes"]
    assert [step.id for step in howto.steps_for("open")] == ["place"]


def test_outcomes_belong_to_rules_or_conditions() -> None:
    outcomes = SCRIPT.outcomes

    assert outcomes.instead[0].rules == {"E-02"}
    assert outcomes.advice[0].when != ALWAYS
    assert outcomes.safety_net[0].when == ALWAYS
    assert outcomes.levels["soon"].sources == ("NICE NG143",)


def test_a_button_of_the_menu_starts_a_dialog_with_what_it_tells() -> None:
    (entry,) = SCRIPT.menu.entries

    assert (entry.id, entry.text, entry.start, entry.sets) == ("fever", "Fever", "fever", {"feels_hot": YES})
