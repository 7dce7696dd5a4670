"""Gates: what cannot be said closes them, and they say why."""

import pytest
from triage_helpers import book, knowing, old

from bot.facts.level import Level
from bot.triage.gate import CLOSED, gate_state, gate_wants
from bot.triage.knowledge import Knowledge

BOOK = book(
    """
    X-01:
      levels: [{level: SOON, when: {pale: yes}}]
    """,
    """
    massage:
      closed:
        - {id: M-01, when: {age_younger: under 35 days}, because: too young}
        - {id: M-02, when: {fever: yes}, because: a fever}
        - {id: M-03, when: {level: SOON or higher}, because: a doctor first}
        - {id: M-04, when: {cries: yes}, because: not now}
      otherwise:
        - {id: M-05, result: gentle, when: {age_younger: under 2 months}}
        - {id: M-06, when: {}}
    gymnastics:
      closed:
        - {id: G-01, when: {gate: massage, is: closed}, because: massage is closed too}
        - {id: G-02, when: {blue: yes}, because: blue}
      otherwise:
        - {id: G-03, result: all, when: {}}
    """,
)
WELL = {"birth_date": old(100), "gestation_weeks": 40, "temperature_c": 36.8, "cries": "no", "blue": "no"}


def state(
    told: dict[str, object] | None = None, gate: str = "massage", level: Level = Level.REASSURE
) -> tuple[str, list[str]]:
    found = gate_state(BOOK, gate, knowing({**WELL, **(told or {})}), level)
    assert found.closed is (found.result == CLOSED)
    return found.result, [reason.id for reason in found.reasons]


def test_a_gate_that_nothing_closes_gives_its_first_result() -> None:
    assert state() == ("open", [])
    assert state({"birth_date": old(50)}) == ("gentle", [])


@pytest.mark.parametrize(
    ("told", "reasons"),
    [
        ({"birth_date": old(34)}, ["M-01"]),
        ({"temperature_c": 38.0}, ["M-02"]),
        ({"temperature_c": 38.0, "cries": "yes"}, ["M-02", "M-04"]),
    ],
)
def test_every_reason_that_holds_closes_it(told: dict[str, object], reasons: list[str]) -> None:
    assert state(told) == (CLOSED, reasons)


def test_the_level_of_the_check_closes_it() -> None:
    assert state(level=Level.ROUTINE) == ("open", [])
    assert state(level=Level.SOON) == (CLOSED, ["M-03"])
    assert state(level=Level.EMERGENCY) == (CLOSED, ["M-03"])


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"birth_date": None}, "M-01"),
        ({"temperature_c": None, "feels_hot": None}, "M-02"),
        ({"cries": None}, "M-04"),
        ({"birth_date": old(60), "gestation_weeks": None}, "M-01"),
    ],
)
def test_not_sure_closes_it_even_where_that_is_harmless_otherwise(told: dict[str, object], reason: str) -> None:
    assert state(told) == (CLOSED, [reason])


@pytest.mark.parametrize("missing", ["birth_date", "temperature_c", "cries"])
def test_what_was_not_asked_closes_it(missing: str) -> None:
    told = {name: one for name, one in WELL.items() if name != missing}

    assert gate_state(BOOK, "massage", knowing(told), Level.REASSURE).closed


def test_sure_reasons_stand_before_those_that_cannot_be_ruled_out() -> None:
    assert state({"temperature_c": None, "feels_hot": None, "cries": "yes"}) == (CLOSED, ["M-04", "M-02"])


def test_a_gate_may_stand_behind_another() -> None:
    assert state(gate="gymnastics") == ("all", [])
    assert state({"cries": "yes"}, "gymnastics") == (CLOSED, ["G-01"])
    assert state({"blue": "yes"}, "gymnastics") == (CLOSED, ["G-02"])


def test_a_gate_behind_one_that_is_still_open_is_not_closed_for_sure() -> None:
    told = {name: one for name, one in WELL.items() if name != "cries"}

    assert gate_state(BOOK, "gymnastics", knowing(told), Level.REASSURE).closed
    assert "cries" in gate_wants(BOOK, "gymnastics", knowing(told), Level.REASSURE)


def test_a_gate_behind_one_that_not_sure_closed_wants_nothing_more() -> None:
    told = {"cries": None, "birth_date": old(100), "gestation_weeks": 40, "temperature_c": 36.8}

    assert gate_wants(BOOK, "gymnastics", knowing(told), Level.REASSURE) == frozenset()


def wants(knowledge: Knowledge, gate: str = "massage", level: Level = Level.REASSURE) -> set[str]:
    return set(gate_wants(BOOK, gate, knowledge, level))


def test_a_gate_wants_what_keeps_it_from_being_decided() -> None:
    assert wants(knowing()) == {"birth_date", "temperature_c", "feels_hot", "cries"}
    assert wants(knowing(birth_date=old(60), temperature_c=36.8)) == {"gestation_weeks", "cries"}
    assert wants(knowing(WELL)) == set()


def test_a_gate_that_is_closed_for_sure_wants_nothing_more() -> None:
    assert wants(knowing(cries="yes")) == set()
    assert wants(knowing(), level=Level.URGENT) == set()


def test_a_gate_wants_what_the_gate_before_it_wants() -> None:
    assert wants(knowing(), "gymnastics") == {"birth_date", "temperature_c", "feels_hot", "cries", "blue"}


def test_asking_what_a_gate_wants_decides_it() -> None:
    answers: dict[str, object] = {**WELL, "feels_hot": "no"}
    told: dict[str, object] = {}
    while asked := wants(knowing(told), "gymnastics"):
        told |= {name: answers[name] for name in asked}

    assert gate_state(BOOK, "gymnastics", knowing(told), Level.REASSURE).result == "all"
