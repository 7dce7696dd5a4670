"""Parents, children, profiles and sessions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from store_helpers import NOW, VERSION, add_family

from bot.store import driver
from bot.store.errors import StoreError
from bot.store.records import Records


def test_a_parent_is_found_by_channel_and_id(records: Records) -> None:
    parent = records.parents.add("telegram", "42", at=NOW, language="uk", country="DE")
    assert records.parents.find("telegram", "42") == parent
    assert records.parents.get(parent.id) == parent
    assert records.parents.find("terminal", "42") is None
    assert records.parents.get(parent.id + 1) is None
    assert (parent.language, parent.country, parent.created_at, parent.gone_at) == ("uk", "DE", NOW, None)


def test_the_same_id_on_another_channel_is_another_parent(records: Records) -> None:
    one = records.parents.add("telegram", "42", at=NOW)
    other = records.parents.add("terminal", "42", at=NOW)
    assert one.id != other.id
    with pytest.raises(driver.Error, match="UNIQUE"):
        records.parents.add("telegram", "42", at=NOW)


def test_a_changed_parent_is_saved_whole(records: Records) -> None:
    parent, child = add_family(records)
    changed = replace(
        parent,
        language="ar",
        country=None,
        time_zone="Europe/Berlin",
        consent_at=NOW + timedelta(seconds=1),
        consent_text_version="3",
        current_child=child.id,
        gone_at=NOW + timedelta(days=1),
    )
    records.parents.save(changed)
    assert records.parents.get(parent.id) == changed
    records.parents.save(replace(changed, gone_at=None))
    assert records.parents.get(parent.id) == replace(changed, gone_at=None)


def test_moments_come_back_in_utc_to_the_millisecond(records: Records) -> None:
    moment = datetime(2026, 11, 22, 4, 15, 7, 123_999, tzinfo=UTC)
    assert records.parents.add("telegram", "1", at=moment).created_at == moment.replace(microsecond=123_000)


def test_parents_come_in_pages(records: Records) -> None:
    ids = [records.parents.add("telegram", str(number), at=NOW).id for number in range(5)]
    first = records.parents.page(limit=3)
    rest = records.parents.page(after=first[-1].id, limit=3)
    assert [parent.id for parent in (*first, *rest)] == ids


def test_an_id_of_a_deleted_row_never_comes_to_mean_another(records: Records) -> None:
    parent, child = add_family(records)
    assert records.children.delete(parent.id, child.id)
    assert records.children.add(parent.id, "Leo", birth_date=None, at=NOW).id > child.id


def test_a_child_is_shown_only_to_its_own_parent(records: Records) -> None:
    parent, child = add_family(records, "1")
    stranger, _ = add_family(records, "2")
    assert records.children.get(parent.id, child.id) == child
    assert records.children.get(stranger.id, child.id) is None
    assert not records.children.delete(stranger.id, child.id)
    assert records.children.of(parent.id) == (child,)


def test_a_child_can_be_changed(records: Records) -> None:
    parent, child = add_family(records)
    changed = replace(child, nickname="Mía", birth_date=date(2026, 10, 1))
    records.children.save(changed)
    assert records.children.of(parent.id) == (changed,)


def test_a_hidden_child_is_gone_from_sight_and_no_longer_the_current_one(records: Records) -> None:
    parent, child = add_family(records)
    sister = records.children.add(parent.id, "Ida", birth_date=None, at=NOW)
    records.parents.save(replace(parent, current_child=child.id))
    records.children.save(replace(child, deleted_at=NOW))
    assert records.children.get(parent.id, child.id) is None
    assert records.children.of(parent.id) == (sister,)
    assert records.parents.get(parent.id) == parent


def test_a_deleted_child_takes_its_checks_flags_and_diary_along(records: Records) -> None:
    parent, child = add_family(records)
    records.parents.save(replace(parent, current_child=child.id))
    check = records.checks.start(parent.id, child_id=child.id, dialog="d", at=NOW, script_version=VERSION)
    records.flags.add(check.id, child_id=child.id, rule="E-02", level="EMERGENCY", at=NOW, script_version=VERSION)
    records.answers.add(check.id, question="q", fact="f", value=1, at=NOW, script_version=VERSION)
    records.profiles.set(child.id, "gestation_weeks", 36, at=NOW, script_version=VERSION)
    episode = records.episodes.add(
        parent.id, child.id, happened_at=NOW, day=NOW.date(), at=NOW, summary={}, script_version=VERSION
    )
    assert records.children.delete(parent.id, child.id)
    assert records.checks.get(check.id) is None
    assert records.flags.of(check.id) == ()
    assert records.answers.of(check.id) == ()
    assert records.profiles.of(child.id) == ()
    assert records.episodes.get(parent.id, episode.id) is None
    assert records.parents.get(parent.id) == parent


def test_a_profile_keeps_the_latest_value_of_each_fact(records: Records) -> None:
    _, child = add_family(records)
    records.profiles.set(child.id, "hip_brace", "not sure", at=NOW, script_version="1")
    records.profiles.set(child.id, "gestation_weeks", {"from": 32, "to": 36}, at=NOW, script_version="1")
    later = NOW + timedelta(days=1)
    records.profiles.set(child.id, "hip_brace", value=True, at=later, script_version="2")
    gestation, brace = records.profiles.of(child.id)
    assert (gestation.fact, gestation.value) == ("gestation_weeks", {"from": 32, "to": 36})
    assert (brace.fact, brace.value, brace.answered_at, brace.script_version) == (
        "hip_brace",
        True,
        later,
        "2",
    )
    assert records.profiles.unset(child.id, "hip_brace")
    assert not records.profiles.unset(child.id, "hip_brace")
    assert records.profiles.of(child.id) == (gestation,)


def test_a_session_is_kept_word_for_word(records: Records) -> None:
    parent, _ = add_family(records)
    assert records.sessions.load(parent.id) is None
    state = '{"stack": ["fever_screen"],  "odd":"\\ud83d"}'
    records.sessions.save(parent.id, state=state, turn=1, script_version=VERSION, at=NOW)
    session = records.sessions.load(parent.id)
    assert session is not None
    assert (session.state, session.turn, session.script_version, session.updated_at) == (
        state,
        1,
        VERSION,
        NOW,
    )
    assert records.sessions.page(limit=9) == (session,)
    assert records.sessions.page(after=parent.id, limit=9) == ()


def test_a_turn_number_may_stay_but_never_goes_back(records: Records) -> None:
    parent, _ = add_family(records)
    records.sessions.save(parent.id, state="a", turn=5, script_version=VERSION, at=NOW)
    records.sessions.save(parent.id, state="a toggle", turn=5, script_version=VERSION, at=NOW)
    with pytest.raises(StoreError, match="turns only go up"):
        records.sessions.save(parent.id, state="b", turn=4, script_version=VERSION, at=NOW)
    session = records.sessions.load(parent.id)
    assert session is not None
    assert session.state == "a toggle"
