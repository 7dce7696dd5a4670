"""Red flags: which rules are raised, at what level, and which a question could still raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from triage_helpers import book, knowing, old

from bot.facts.level import Action, Level
from bot.facts.truth import Truth
from bot.script.conditions import LevelIs
from bot.script.rules import RuleBook
from bot.triage.assess import Assessment, Raised, assess, meets, wanted

TRUE, FALSE, OPEN, UNSURE = Truth.TRUE, Truth.FALSE, Truth.OPEN, Truth.UNSURE

ONE = book("""
    E-01:
      levels: [{level: EMERGENCY, action: call, when: {blue: yes}}]
""")
TWO_LEVELS = book("""
    F-01:
      levels:
        - {level: EMERGENCY, action: go, when: {limp: yes, pale: yes}}
        - {level: URGENT, action: hospital, when: {limp: yes}}
        - {level: SOON, when: {pale: yes}}
""")


def level_of(rules: RuleBook, rule: str, **told: object) -> tuple[Level, bool] | None:
    """The level of a rule and whether it is sure."""
    raised = assess(rules, knowing(told)).raised.get(rule)
    return None if raised is None else (raised.level, raised.sure)


def test_a_rule_is_raised_when_its_condition_holds() -> None:
    found = assess(ONE, knowing(blue="yes"))

    assert found.raised == {"E-01": Raised("E-01", Level.EMERGENCY, Action.CALL)}
    assert found.level is Level.EMERGENCY
    assert found.truths == {"E-01": TRUE}


def test_no_rule_fires_because_something_was_not_asked_yet() -> None:
    found = assess(ONE, knowing())

    assert found.raised == {}
    assert found.level is None
    assert found.truths == {"E-01": OPEN}
    assert found.open_levels == {"E-01": (Level.EMERGENCY,)}


def test_the_most_severe_level_that_holds_counts() -> None:
    assert level_of(TWO_LEVELS, "F-01", limp="yes", pale="yes") == (Level.EMERGENCY, True)
    assert level_of(TWO_LEVELS, "F-01", limp="yes", pale="no") == (Level.URGENT, True)
    assert level_of(TWO_LEVELS, "F-01", limp="no", pale="yes") == (Level.SOON, True)
    assert level_of(TWO_LEVELS, "F-01", limp="no", pale="no") is None


def test_a_level_holds_at_once_while_a_higher_one_is_still_open() -> None:
    found = assess(TWO_LEVELS, knowing(limp="yes"))

    assert found.raised["F-01"].level is Level.URGENT
    assert found.open_levels["F-01"] == (Level.EMERGENCY, Level.SOON)
    assert found.could_reach(Level.EMERGENCY)


def test_nothing_is_open_where_only_lower_levels_are() -> None:
    found = assess(TWO_LEVELS, knowing(limp="yes", pale="no"))

    assert not found.could_reach(Level.ROUTINE)


@pytest.mark.parametrize(
    ("level", "counts"),
    [
        ("EMERGENCY, action: call", Level.URGENT),
        ("URGENT", Level.SOON),
        ("SOON", Level.ROUTINE),
        ("ROUTINE", Level.ROUTINE),
    ],
)
def test_not_sure_counts_one_level_lower_and_never_below_routine(level: str, counts: Level) -> None:
    rules = book(f"""
        X-01:
          levels: [{{level: {level}, when: {{blue: yes}}}}]
    """)

    assert level_of(rules, "X-01", blue=None) == (counts, False)


def test_not_sure_never_reassures() -> None:
    rules = book("""
        X-01:
          levels: [{level: REASSURE, when: {blue: yes}}]
    """)

    assert level_of(rules, "X-01", blue="yes") == (Level.REASSURE, True)
    assert level_of(rules, "X-01", blue=None) is None


def test_a_sure_level_stays_sure_where_not_sure_would_make_no_more_of_it() -> None:
    assert level_of(TWO_LEVELS, "F-01", limp=None, pale="yes") == (Level.URGENT, False)
    assert level_of(TWO_LEVELS, "F-01", limp="yes", pale=None) == (Level.URGENT, True)


def test_what_a_raised_flag_asks_for_may_become_more_urgent_and_never_less() -> None:
    rules = book("""
        E-07:
          levels:
            - {level: EMERGENCY, action: call, when: {limp: yes, blue: yes}}
            - {level: EMERGENCY, action: go, when: {limp: yes}}
    """)
    before = assess(rules, knowing(limp="yes")).raised
    after = assess(rules, knowing(limp="yes", blue="yes"), before).raised
    still = assess(rules, knowing(limp="yes", blue="no"), after).raised

    assert before["E-07"].action is Action.GO
    assert after["E-07"].action is Action.CALL
    assert still["E-07"].action is Action.CALL


def test_what_an_undecided_rule_counts_as_may_be_written() -> None:
    rules = book("""
        X-01:
          levels: [{level: EMERGENCY, action: go, when: {blue: yes}}]
          not_sure: SOON
        X-02:
          levels: [{level: EMERGENCY, action: go, when: {blue: yes}}]
          not_sure: as no
        X-03:
          levels: [{level: EMERGENCY, action: go, when: {blue: yes}}]
          not_sure:
            - {level: URGENT, when: {pale: yes}}
            - {level: SOON, when: {limp: yes}}
            - {level: ROUTINE, when: {}}
    """)

    assert level_of(rules, "X-01", blue=None) == (Level.SOON, False)
    assert level_of(rules, "X-02", blue=None) is None
    assert assess(rules, knowing(blue=None)).truths["X-02"] is FALSE
    assert level_of(rules, "X-03", blue=None, pale="yes", limp="yes") == (Level.URGENT, False)
    assert level_of(rules, "X-03", blue=None, pale="no", limp="yes") == (Level.SOON, False)
    assert level_of(rules, "X-03", blue=None, pale=None, limp="no") == (Level.ROUTINE, False)


def test_a_question_that_could_make_an_undecided_rule_count_more_is_wanted() -> None:
    rules = book("""
        X-01:
          levels: [{level: EMERGENCY, action: go, when: {blue: yes}}]
          not_sure:
            - {level: URGENT, when: {pale: yes}}
            - {level: ROUTINE, when: {}}
    """)
    knowledge = knowing(blue=None)
    found = assess(rules, knowledge)

    assert found.raised["X-01"].level is Level.ROUTINE
    assert found.could_reach(Level.URGENT)
    assert wanted(rules, knowledge, found, Level.URGENT) == {"pale"}
    assert wanted(rules, knowledge, found, Level.EMERGENCY) == frozenset()


def test_an_unsure_level_names_the_action_of_its_own_level() -> None:
    found = assess(ONE, knowing(blue=None))

    assert found.raised["E-01"] == Raised("E-01", Level.URGENT, Action.DOCTOR, sure=False)
    assert found.truths["E-01"] is UNSURE


def test_of_two_ways_to_one_level_the_more_urgent_action_counts() -> None:
    rules = book("""
        X-01:
          levels:
            - {level: EMERGENCY, action: go, when: {pale: yes}}
            - {level: EMERGENCY, action: call, when: {blue: yes}}
    """)

    assert assess(rules, knowing(pale="yes", blue="yes")).raised["X-01"].action is Action.CALL
    assert assess(rules, knowing(pale="yes", blue="no")).raised["X-01"].action is Action.GO


UNLESS = book("""
    V-01:
      levels: [{level: ROUTINE, when: {feels_hot: yes}}]
    X-01:
      levels: [{level: EMERGENCY, action: go, when: {blue: yes}}]
      stratum: 2
      unless: [V-01]
    X-02:
      levels: [{level: SOON, when: {blue: yes}}]
      stratum: 2
      unless: [{pale: yes}]
""")


@pytest.mark.parametrize(
    ("rule", "told", "level"),
    [
        ("X-01", {"feels_hot": "yes"}, None),
        ("X-01", {"feels_hot": None}, Level.EMERGENCY),
        ("X-01", {"feels_hot": "no"}, Level.EMERGENCY),
        ("X-01", {}, Level.EMERGENCY),
        ("X-02", {"pale": "yes"}, None),
        ("X-02", {"pale": None}, Level.SOON),
        ("X-02", {"pale": "no"}, Level.SOON),
    ],
)
def test_an_exception_counts_only_when_it_is_certain(rule: str, told: dict[str, object], level: Level | None) -> None:
    raised = assess(UNLESS, knowing(told, temperature_c=None, blue="yes")).raised.get(rule)

    assert (None if raised is None else raised.level) is level


def test_what_can_wait_waits_for_an_exception_that_is_still_to_be_asked() -> None:
    """A flag that is raised stays raised; URGENT and above are never held back."""
    knowledge = knowing(blue="yes")
    found = assess(UNLESS, knowledge)

    assert set(found.raised) == {"X-01"}
    assert found.open_levels["X-02"] == (Level.SOON,)
    assert "pale" in wanted(UNLESS, knowledge, found, Level.SOON)


STRATA = book("""
    A-01:
      levels: [{level: SOON, when: {pale: yes}}]
      tags: [amber]
    A-02:
      levels: [{level: URGENT, when: {limp: yes}}]
      tags: [amber]
    A-03:
      levels: [{level: ROUTINE, when: {feeding: reduced}}]
    C-01:
      levels: [{level: URGENT, when: {flags: {tagged: amber, at least: 2}}}]
      stratum: 2
    C-02:
      levels: [{level: EMERGENCY, action: go, when: {flags: {level: SOON or higher, except: [C-01], at least: 3}}}]
      stratum: 3
    C-03:
      levels: [{level: SOON, when: {flag: A-03}}]
      stratum: 2
""")


def test_a_rule_may_count_the_flags_of_lower_strata() -> None:
    assert "C-01" in assess(STRATA, knowing(pale="yes", limp="yes")).raised
    assert "C-01" not in assess(STRATA, knowing(pale="yes", limp="no")).raised
    assert "C-03" in assess(STRATA, knowing(feeding="reduced")).raised


def test_flags_of_a_level_are_counted_with_the_exceptions_left_out() -> None:
    two = assess(STRATA, knowing(pale="yes", limp="yes", feeding="normal"))
    three = assess(STRATA, knowing(pale="yes", limp="yes", feeding="reduced"))

    assert set(two.raised) == {"A-01", "A-02", "C-01"}
    assert set(three.raised) == {"A-01", "A-02", "A-03", "C-01", "C-02", "C-03"}


def test_an_unsure_flag_makes_a_count_unsure_and_an_open_one_open() -> None:
    assert assess(STRATA, knowing(pale="yes", limp=None)).truths["C-01"] is UNSURE
    assert assess(STRATA, knowing(pale="yes")).truths["C-01"] is OPEN
    assert assess(STRATA, knowing(pale="no")).truths["C-01"] is FALSE


def test_a_flag_that_is_surely_soon_and_perhaps_urgent_is_surely_soon() -> None:
    rules = book("""
        A-01:
          levels:
            - {level: EMERGENCY, action: go, when: {limp: yes}}
            - {level: SOON, when: {pale: yes}}
        C-01:
          levels: [{level: EMERGENCY, action: go, when: {flags: {level: SOON or higher, at least: 1}}}]
          stratum: 2
    """)
    found = assess(rules, knowing(pale="yes", limp=None))

    assert found.raised["A-01"] == Raised("A-01", Level.URGENT, Action.DOCTOR, sure=False)
    assert found.sure_levels["A-01"] is Level.SOON
    assert found.raised["C-01"].sure


def test_what_is_wanted_looks_through_flags_to_the_facts_behind_them() -> None:
    """C-02 counts A-02, which looks at limp, and C-03, which looks at A-03, which looks at feeding."""
    knowledge = knowing(pale="yes", blue="no")

    assert wanted(STRATA, knowledge, assess(STRATA, knowledge), Level.EMERGENCY) == {"limp", "feeding"}


def test_a_rule_does_not_count_its_own_flag_when_it_says_what_is_wanted() -> None:
    rules = book("""
        A-01:
          levels: [{level: SOON, when: {pale: yes}}]
        C-01:
          levels:
            - {level: URGENT, when: {blue: yes}}
            - {level: EMERGENCY, action: go, when: {blue: yes, flags: {level: SOON or higher, at least: 1}}}
          stratum: 2
    """)
    knowledge = knowing(blue="yes")

    assert wanted(rules, knowledge, assess(rules, knowledge), Level.EMERGENCY) == {"pale"}


def test_for_an_age_the_birth_date_is_wanted_and_then_the_weeks() -> None:
    rules = book("""
        X-01:
          levels: [{level: EMERGENCY, action: go, when: {age_younger: under 28 days, blue: yes}}]
    """)

    def facts(**told: object) -> frozenset[str]:
        knowledge = knowing(told)
        return wanted(rules, knowledge, assess(rules, knowledge), Level.EMERGENCY)

    assert facts(blue="yes") == {"birth_date"}
    assert facts(blue="yes", birth_date=old(40)) == {"gestation_weeks"}
    assert facts(blue="yes", birth_date=old(400)) == frozenset()
    assert facts(blue="no") == frozenset()


def test_what_is_computed_wants_what_it_is_made_of() -> None:
    rules = book("""
        X-01:
          levels: [{level: URGENT, when: {fever: yes}}]
        X-02:
          levels: [{level: URGENT, when: {signs: at least 2}}]
    """)
    knowledge = knowing(pale="no")

    assert wanted(rules, knowledge, assess(rules, knowledge), Level.URGENT) == {
        "temperature_c",
        "feels_hot",
        "limp",
        "feeding",
    }


EMERGENCY = Raised("E-01", Level.EMERGENCY, Action.CALL)


def test_a_raised_flag_never_falls_by_itself() -> None:
    """Always 4: only the parent correcting that very answer lowers a level, which the conversation decides."""
    found = assess(ONE, knowing(blue="no"), {"E-01": EMERGENCY})

    assert found.raised == {"E-01": EMERGENCY}
    assert found.truths["E-01"] is TRUE
    assert found.sure_levels["E-01"] is Level.EMERGENCY


def test_a_flag_raised_before_gives_way_to_a_higher_one() -> None:
    before = Raised("F-01", Level.SOON, None)

    assert assess(TWO_LEVELS, knowing(limp="yes", pale="no"), {"F-01": before}).raised["F-01"].level is Level.URGENT


def test_an_unsure_flag_is_kept_and_counts_for_rules_above() -> None:
    before = {"A-02": Raised("A-02", Level.SOON, None, sure=False)}
    found = assess(STRATA, knowing(pale="yes", limp="no"), before)

    assert found.raised["A-02"] == before["A-02"]
    assert "C-01" in found.raised


truths = st.sampled_from(["yes", "no", None])
answers = st.fixed_dictionaries({}, optional=dict.fromkeys(["blue", "pale", "limp"], truths))


@given(answers, answers)
def test_the_level_of_a_check_never_falls(first: dict[str, object], then: dict[str, object]) -> None:
    for rules in (ONE, TWO_LEVELS, STRATA):
        before = assess(rules, knowing(first))
        after = assess(rules, knowing(then), before.raised)
        for rule, raised in before.raised.items():
            assert after.raised[rule].level >= raised.level
        assert (after.level or Level.REASSURE) >= (before.level or Level.REASSURE)


def test_nothing_is_reached_where_no_rule_is_open() -> None:
    assert not Assessment().could_reach(Level.REASSURE)


@pytest.mark.parametrize(
    ("level", "or_higher", "truth"),
    [
        (Level.SOON, False, TRUE),
        (Level.SOON, True, TRUE),
        (Level.ROUTINE, False, FALSE),
        (Level.ROUTINE, True, TRUE),
        (Level.URGENT, True, FALSE),
    ],
)
def test_a_level_meets_itself_and_lower_ones_where_higher_is_enough(
    level: Level, or_higher: bool, truth: Truth
) -> None:
    assert meets(Level.SOON, LevelIs(level, or_higher=or_higher)) is truth
