"""The diary."""

from dataclasses import replace
from datetime import date, timedelta

from store_helpers import NOW, VERSION, add_family

from bot.store.records import Records
from bot.store.rows import Child, Episode, Parent


def save(records: Records, parent: Parent, child: Child, *, hours_ago: int = 0, day: date | None = None) -> Episode:
    happened = NOW - timedelta(hours=hours_ago)
    return records.episodes.add(
        parent.id,
        child.id,
        happened_at=happened,
        day=day or happened.date(),
        at=NOW,
        level="ROUTINE",
        summary={"movement": "tremble", "note": "дрожит"},
        script_version=VERSION,
    )


def test_an_episode_comes_back_as_it_was_saved(records: Records) -> None:
    parent, child = add_family(records)
    episode = save(records, parent, child)
    assert records.episodes.get(parent.id, episode.id) == episode
    assert episode.summary == {"movement": "tremble", "note": "дрожит"}


def test_the_diary_is_read_from_the_newest_event_whenever_it_was_saved(records: Records) -> None:
    parent, child = add_family(records)
    episodes = [save(records, parent, child, hours_ago=hours) for hours in (5, 1, 3, 1)]
    newest_first = [episodes[3], episodes[1], episodes[2], episodes[0]]
    assert list(records.episodes.page(child.id, limit=9)) == newest_first
    pages = [records.episodes.page(child.id, limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [episode for page in pages for episode in page] == newest_first
    assert records.episodes.count(child.id) == 4


def test_days_are_those_of_the_parent_and_not_of_utc(records: Records) -> None:
    parent, child = add_family(records)
    for day in (1, 1, 2, 4):
        save(records, parent, child, day=date(2026, 11, day))
    assert records.episodes.days(child.id) == 3
    assert records.episodes.days(child.id, first=date(2026, 11, 2)) == 2
    assert records.episodes.days(child.id, first=date(2026, 11, 2), last=date(2026, 11, 3)) == 1
    assert records.episodes.days(child.id, last=date(2026, 10, 31)) == 0


def test_an_episode_can_be_corrected_and_deleted_by_its_own_parent_only(records: Records) -> None:
    parent, child = add_family(records, "1")
    stranger, _ = add_family(records, "2")
    episode = save(records, parent, child)
    changed = replace(
        episode,
        happened_at=NOW - timedelta(days=1),
        day=date(2026, 11, 21),
        level="SOON",
        summary={"movement": "jerk"},
    )
    records.episodes.save(changed)
    assert records.episodes.get(parent.id, episode.id) == changed
    assert records.episodes.get(stranger.id, episode.id) is None
    records.episodes.save(replace(episode, parent_id=stranger.id))
    assert records.episodes.get(parent.id, episode.id) == changed
    assert not records.episodes.delete(stranger.id, episode.id)
    assert records.episodes.delete(parent.id, episode.id)
    assert not records.episodes.delete(parent.id, episode.id)
    assert records.episodes.count(child.id) == 0


def test_a_diary_is_of_one_child(records: Records) -> None:
    parent, child = add_family(records)
    sister = records.children.add(parent.id, "Ida", birth_date=None, at=NOW)
    save(records, parent, child)
    assert records.episodes.page(sister.id, limit=9) == ()
    assert (records.episodes.count(sister.id), records.episodes.days(sister.id)) == (0, 0)
