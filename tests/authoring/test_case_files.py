"""Files of cases: what can be read, and what a mistake in them is told like."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.authoring.cases import CaseError, CaseFile, read_cases
from bot.facts.level import Action, Level
from bot.facts.value import NO_SUCH, NOT_SURE, YES, Born, DaysOld, Many, Number
from bot.places import find_places
from bot.script.load import load_places
from bot.script.script import Script


@cache
def script() -> Script:
    places = find_places()
    return load_places(places.dialogs, places.content)


def read(folder: Path, text: str) -> CaseFile:
    path = folder / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return read_cases(path, script())


def test_a_case_says_what_the_parent_knows_and_what_must_come_out(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        """
concepts:
  film: {meaning: film it, pattern: film|video}
vignettes:
  - id: ONE
    flow: fever_screen
    title: Hot at 16 days
    story: >-
      16 days old
      and hot
    facts: {age_days: 16, tremor: true, body_parts: [chin, lip], temperature_c: 38.2,
      stops_when_held: unknown, vaccination_hours_ago: none, unknown: [feeding]}
    expected_level: EMERGENCY
    acceptable_levels: [URGENT, EMERGENCY]
    expected_action: go
    expected_gate: {massage: closed}
    must_mention: [film]
    rules: [F-01, M-01]
""",
    )

    (case,) = file.cases
    assert (case.id, case.dialog, case.today) == ("ONE", "fever_screen", date(2026, 1, 15))
    assert case.facts == {
        "birth_date": DaysOld(16, 16, date(2026, 1, 15)),
        "tremor": YES,
        "body_parts": Many.of("chin", "lip"),
        "temperature_c": Number.of("38.2"),
        "stops_when_held": NOT_SURE,
        "vaccination_hours_ago": NO_SUCH,
        "feeding": NOT_SURE,
    }
    assert case.expected.levels == (Level.URGENT, Level.EMERGENCY)
    assert case.expected.action is Action.GO
    assert case.expected.gates == {"massage": "closed"}
    assert file.concepts["film"].search("A VIDEO helps")


def test_a_birth_date_counts_more_than_an_age_in_days(tmp_path: Path) -> None:
    facts = "{age_days: 92, birth_date: '2025-03-15', today: '2025-06-15'}"
    (case,) = read(tmp_path, f"vignettes: [{{id: A, flow: age_check, facts: {facts}}}]").cases

    assert case.today == date(2025, 6, 15)
    assert case.facts == {"birth_date": Born(date(2025, 3, 15))}


def test_an_age_that_is_listed_as_unknown_is_not_sure(tmp_path: Path) -> None:
    (case,) = read(tmp_path, "vignettes: [{id: A, flow: massage, facts: {age_days: 9, unknown: [age_days]}}]").cases

    assert case.facts == {"birth_date": NOT_SURE}


def test_files_that_programs_wrote_can_be_read_too(tmp_path: Path) -> None:
    """Folded lines, quotes and anchors are no mistakes here."""
    text = """
vignettes:
- facts: &well
    age_days: 100
    temperature_c: 36.8
  flow: massage
  id: A
  title: A title that a program
    broke into two lines
- {facts: *well, flow: bath, id: B}
""".replace("flow: bath", "flow: massage")

    assert [case.id for case in read(tmp_path, text).cases] == ["A", "B"]
    assert read(tmp_path, '{"vignettes": [{"id": "J", "flow": "massage", "facts": {"tremor": true}}]}').cases


CASE = "- {{id: A, flow: massage, facts: {{{facts}}}{more}}}"


def case(facts: str = "age_days: 9", more: str = "") -> str:
    return f"vignettes:\n{CASE.format(facts=facts, more=f', {more}' if more else '')}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "cases.yaml, line 1: the file is empty."),
        ("vignettes: [", "cases.yaml, line 2: did not find expected node content."),
        ("cases: []", "cases.yaml, line 1: there are no 'vignettes'. Write the cases as a list under 'vignettes:'."),
        ("\nvignettes: 3", "cases.yaml, line 2: 'vignettes' is no list of cases."),
        ("vignettes: []", "cases.yaml, line 1: 'vignettes' is no list of cases."),
        ("vignettes:\n- ONE", "cases.yaml, line 2: 'a case' holds named values."),
        ("vignettes:\n- {flow: massage, facts: {}}", "line 2: this case has no 'id'. Add 'id: ...'."),
        ("vignettes:\n- {id: A, facts: {}}", "line 2: this case has no 'flow'."),
        ("vignettes:\n- {id: A, flow: massage}", "line 2: this case has no 'facts'."),
        (case() + CASE.format(facts="", more=""), "line 3: there are two cases 'A'."),
        (case().replace("massage", "masage"), "line 2: there is no dialog 'masage'. Did you mean 'massage'?"),
        (case().replace("massage", "worry"), "line 2: there is no dialog 'worry'."),
        (case("tremors: yes"), "line 2: there is no fact 'tremors'. Did you mean 'tremor'?"),
        (case("unknown: [tremors]"), "line 2: there is no fact 'tremors'. Did you mean 'tremor'?"),
        (case("tremor: often"), "line 2: 'often' is no value of tremor. Write yes, no or unknown."),
        (case("feeding: half"), "line 2: 'half' is no value of feeding. Write one of: normal, reduced,"),
        (case("body_parts: [chin, ear]"), "line 2: 'chin, ear' is no value of body_parts. Write one of: chin, lip,"),
        (case("temperature_c: warm"), "line 2: 'warm' is no value of temperature_c. Write a number in °C"),
        (case("temperature_c: .nan"), "line 2: '.nan' is no value of temperature_c."),
        (case("temperature_c: NaN"), "line 2: 'NaN' is no value of temperature_c."),
        (case("birth_date: 31.02.2026"), "line 2: '31.02.2026' is no value of birth_date. Write it as 2026-01-15."),
        (case("tremor: {a: b}"), "line 2: 'tremor' is one value."),
        (case("age_days: old"), "line 2: 'old' is no number of days. Write 'age_days: 28'."),
        (case("age_days: -1"), "line 2: '-1' is no age in days."),
        (case("today: Monday"), "line 2: 'Monday' is no date. Write it as 2026-01-15."),
        (case("raw_message: hello, raw_at: end"), "line 2: 'end' is no place for raw_message. Write one of: start,"),
        (case("all_unknown: perhaps"), "line 2: 'all_unknown' is true or false."),
        (case(more="expected_level: URGNT"), "line 2: there is no level 'URGNT'. Did you mean 'URGENT'?"),
        (case(more="expected_action: drive"), "line 2: there is no action 'drive'."),
        (case(more="expected_gate: closed"), "line 2: 'expected_gate' holds named values."),
        (case(more="must_mention: [film]"), "line 2: there is no concept 'film'."),
        ("concepts: {a: {meaning: b}}\n" + case(), "line 1: the concept 'a' has no pattern."),
        ("concepts: {a: {pattern: '('}}\n" + case(), "line 1: the pattern of 'a' cannot be read"),
        (case("tremor: yes, tremor: no"), "line 2: 'tremor' stands here twice."),
        ("vignettes: " + "[" * 40 + "]" * 40, "line 1: too many things stand inside each other here."),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(CaseError) as error:
        read(tmp_path, text)

    assert told in str(error.value)
    assert error.value.cure
    assert error.value.exit_status == 2


def test_a_file_that_is_not_there_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"none\.yaml: this file cannot be read: No such file"):
        read_cases(tmp_path / "none.yaml", script())


def test_a_file_that_is_no_text_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CaseError, match="this is no text in UTF-8"):
        read_cases(path, script())
