"""Checks, answers and flags."""

from datetime import timedelta

import pytest
from store_helpers import NOW, VERSION, add_family

from bot.store import driver
from bot.store.driver import Connection
from bot.store.records import Records
from bot.store.rows import Check, Child, Parent

DAY = timedelta(hours=24)


@pytest.fixture
def family(records: Records) -> tuple[Parent, Child]:
    return add_family(records)


@pytest.fixture
def check(records: Records, family: tuple[Parent, Child]) -> Check:
    parent, child = family
    return records.checks.start(parent.id, child_id=child.id, dialog="main", at=NOW, script_version=VERSION)


def raise_flag(
    records: Records,
    check: Check,
    rule: str,
    level: str = "EMERGENCY",
    *,
    private: bool = False,
    ago: timedelta = timedelta(0),
) -> None:
    records.flags.add(
        check.id,
        child_id=check.child_id,
        rule=rule,
        level=level,
        action="call",
        at=NOW - ago,
        script_version=VERSION,
        private=private,
    )


def test_a_check_is_open_until_it_ends(records: Records, family: tuple[Parent, Child], check: Check) -> None:
    parent, _ = family
    assert (check.status, check.level, check.ended_at) == ("open", None, None)
    assert records.checks.get(check.id) == records.checks.open_of(parent.id) == check
    records.checks.set_level(check.id, level="URGENT", action="see today")
    records.checks.end(check.id, status="cut_short", at=NOW + DAY)
    assert records.checks.open_of(parent.id) is None
    ended = records.checks.get(check.id)
    assert ended is not None
    assert (ended.status, ended.level, ended.action, ended.ended_at) == (
        "cut_short",
        "URGENT",
        "see today",
        NOW + DAY,
    )


def test_checks_come_newest_first(records: Records, family: tuple[Parent, Child], check: Check) -> None:
    parent, _ = family
    later = records.checks.start(parent.id, dialog="main", at=NOW, script_version=VERSION)
    assert [c.id for c in records.checks.of(parent.id, limit=9)] == [later.id, check.id]
    assert [c.id for c in records.checks.of(parent.id, limit=9, offset=1)] == [check.id]
    assert records.checks.open_of(parent.id) == later


def test_checks_that_were_left_open_are_found_by_age(records: Records, check: Check) -> None:
    assert records.checks.left_open(before=NOW, limit=9) == ()
    assert records.checks.left_open(before=NOW + DAY, limit=9) == (check,)
    records.checks.end(check.id, status="interrupted", at=NOW)
    assert records.checks.left_open(before=NOW + DAY, limit=9) == ()


def test_a_level_or_status_that_does_not_exist_is_refused(records: Records, check: Check) -> None:
    with pytest.raises(driver.Error, match="CHECK"):
        records.checks.set_level(check.id, level="emergency")
    with pytest.raises(driver.Error, match="CHECK"):
        raise_flag(records, check, "E-02", "Emergency")
    with pytest.raises(driver.Error, match="CHECK"):
        records.checks.end(check.id, status="done", at=NOW)  # type: ignore[arg-type]


def test_a_correction_stands_below_the_answer_it_corrects(records: Records, check: Check) -> None:
    for value in (38.5, 37.2, None, "not sure", {"from": 10, "to": 29}, ["hands", "chin"]):
        records.answers.add(
            check.id, question="temperature", fact="temperature_c", value=value, at=NOW, script_version=VERSION
        )
    values = [answer.value for answer in records.answers.of(check.id)]
    assert values == [38.5, 37.2, None, "not sure", {"from": 10, "to": 29}, ["hands", "chin"]]


def test_emergency_and_urgent_stand_for_24_hours_and_not_a_millisecond_more(
    records: Records, family: tuple[Parent, Child], check: Check
) -> None:
    parent, child = family
    raise_flag(records, check, "now")
    raise_flag(records, check, "urgent", "URGENT", ago=timedelta(hours=1))
    raise_flag(records, check, "just in time", ago=DAY)
    raise_flag(records, check, "too old", ago=DAY + timedelta(milliseconds=1))
    for level in ("SOON", "ROUTINE", "REASSURE"):
        raise_flag(records, check, level.lower(), level)
    standing = records.flags.standing(parent.id, child.id, since=NOW - DAY)
    assert [flag.rule for flag in standing] == ["now", "urgent", "just in time"]
    assert len(records.flags.of(check.id)) == 7


def test_flags_stand_on_after_the_check_has_ended(records: Records, family: tuple[Parent, Child], check: Check) -> None:
    parent, child = family
    raise_flag(records, check, "E-02")
    records.checks.end(check.id, status="cut_short", at=NOW)
    assert len(records.flags.standing(parent.id, child.id, since=NOW - DAY)) == 1


def test_a_lowered_flag_no_longer_stands_but_is_remembered(
    records: Records, family: tuple[Parent, Child], check: Check
) -> None:
    parent, child = family
    raise_flag(records, check, "E-02")
    assert records.flags.lower(check.id, "E-02", at=NOW)
    assert not records.flags.lower(check.id, "E-02", at=NOW)
    assert records.flags.standing(parent.id, child.id, since=NOW - DAY) == ()
    [flag] = records.flags.of(check.id)
    assert flag.lowered_at == NOW
    raise_flag(records, check, "E-02")
    assert len(records.flags.standing(parent.id, child.id, since=NOW - DAY)) == 1


def test_flags_stay_with_their_child(records: Records, family: tuple[Parent, Child], check: Check) -> None:
    parent, _ = family
    sister = records.children.add(parent.id, "Ida", birth_date=None, at=NOW)
    stranger, _ = add_family(records, "2")
    raise_flag(records, check, "E-02")
    assert records.flags.standing(parent.id, sister.id, since=NOW - DAY) == ()
    assert records.flags.standing(stranger.id, None, since=NOW - DAY) == ()
    assert len(records.flags.standing(parent.id, None, since=NOW - DAY)) == 1


def test_a_flag_raised_before_we_knew_the_child_counts_for_every_child(
    records: Records, family: tuple[Parent, Child]
) -> None:
    parent, child = family
    sister = records.children.add(parent.id, "Ida", birth_date=None, at=NOW)
    nameless = records.checks.start(parent.id, dialog="main", at=NOW, script_version=VERSION)
    raise_flag(records, nameless, "words")
    for one in (child, sister):
        assert len(records.flags.standing(parent.id, one.id, since=NOW - DAY)) == 1
    records.checks.assign(nameless.id, sister.id)
    assert records.flags.standing(parent.id, child.id, since=NOW - DAY) == ()
    assert len(records.flags.standing(parent.id, sister.id, since=NOW - DAY)) == 1


def test_private_answers_end_with_the_check_and_others_stay(
    records: Records, connection: Connection, family: tuple[Parent, Child], check: Check
) -> None:
    parent, child = family
    other = records.checks.start(parent.id, child_id=child.id, dialog="main", at=NOW, script_version=VERSION)
    for one in (check, other):
        for fact in ("parent_may_harm", "maternal_thyroid", "feels_hot"):
            records.answers.add(one.id, question=fact, fact=fact, value="yes", at=NOW, script_version=VERSION)
    for fact in ("maternal_thyroid", "gestation_weeks"):
        records.profiles.set(child.id, fact, "yes", at=NOW, script_version=VERSION)
    raise_flag(records, check, "E-12b", private=True)
    raise_flag(records, check, "E-02")
    records.checks.purge_private(check.id, {"parent_may_harm", "maternal_thyroid", "never_asked"})
    assert [answer.fact for answer in records.answers.of(check.id)] == ["feels_hot"]
    assert len(records.answers.of(other.id)) == 3
    assert [fact.fact for fact in records.profiles.of(child.id)] == ["gestation_weeks"]
    assert [flag.rule for flag in records.flags.of(check.id)] == ["private", "E-02"]


def test_the_level_of_a_private_flag_stands_though_its_reason_is_forgotten(
    records: Records, family: tuple[Parent, Child], check: Check
) -> None:
    parent, child = family
    raise_flag(records, check, "E-12b", private=True)
    records.checks.purge_private(check.id, [])
    [flag] = records.flags.standing(parent.id, child.id, since=NOW - DAY)
    assert (flag.level, flag.rule, flag.private) == ("EMERGENCY", "private", True)
