"""What one would go back to, since when a version is replaced, and which old versions go."""

from datetime import datetime, timedelta
from pathlib import Path

from service_helpers import NOW, house

from bot.service.publications import KEPT_ANYWAY, UNUSED_FOR, earlier, replaced_at
from bot.store.records import Records
from bot.store.rows import Publication, PublicationKind


def published(*names: str) -> tuple[Publication, ...]:
    """Publications, newest first; "<A" rolls back to the first publication of A."""
    found: list[Publication] = []
    for number, name in enumerate(names, 1):
        back = name.removeprefix("<") if name.startswith("<") else None
        kind: PublicationKind = "publish" if back is None else "rollback"
        restores = None if back is None else next(one.id for one in found if one.hash == back)
        found.append(Publication(number, back or name, at(number), "Ada", kind, "", None, None, False, None, restores))
    return tuple(reversed(found))


def at(number: int) -> datetime:
    return NOW + timedelta(hours=number)


def back_from(*names: str) -> list[str]:
    return [one.hash for one in earlier(published(*names))]


def test_one_goes_back_in_the_order_of_publishing() -> None:
    assert back_from("A", "B", "C") == ["B", "A"]
    assert back_from("A") == []
    assert back_from() == []


def test_what_was_rolled_back_is_never_gone_back_to() -> None:
    assert back_from("A", "B", "<A") == []
    assert back_from("A", "B", "<A", "C") == ["A"]
    assert back_from("A", "B", "C", "<B", "<A", "D") == ["A"]


def test_two_rollbacks_in_a_row_go_back_two_steps() -> None:
    assert back_from("A", "B", "C", "<B") == ["A"]


def test_a_version_taken_forward_again_has_the_one_before_it_behind_it() -> None:
    assert back_from("A", "B", "<A", "<B") == ["A"]


def test_the_same_files_published_twice_are_one_step() -> None:
    assert back_from("A", "B", "B") == ["A"]
    assert back_from("A", "B", "A") == ["B"]


def test_a_version_is_replaced_when_another_one_comes_and_not_while_it_is_current() -> None:
    history = published("A", "B", "C", "<B")

    assert replaced_at(history, "A") == at(2)
    assert replaced_at(history, "C") == at(4)
    assert replaced_at(history, "B") is None
    assert replaced_at(history, "Z") is None


def test_published_once_more_a_version_has_not_been_replaced_by_itself() -> None:
    assert replaced_at(published("A", "B", "B", "C"), "B") == at(4)


def test_tidying_deletes_old_versions_to_which_nothing_refers_but_for_the_latest(tmp_path: Path) -> None:
    with house(tmp_path) as home:

        def publish_many(records: Records) -> None:
            for number in range(KEPT_ANYWAY + 2):
                records.scripts.publish(f"v{number}", b"files", at=NOW, by="Ada")

        home.writer.submit(publish_many).result()
        home.consent()

        home.service.tidy(NOW + UNUSED_FOR)
        assert len(home.look(lambda records: records.scripts.all())) == KEPT_ANYWAY + 2

        home.service.tidy(NOW + UNUSED_FOR + timedelta(seconds=1))
        kept = {one.hash for one in home.look(lambda records: records.scripts.all())}
        assert kept == {f"v{number}" for number in range(2, KEPT_ANYWAY + 2)}
