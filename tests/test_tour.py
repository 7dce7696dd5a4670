"""The tour of the chats is what the scripts say today."""

from pathlib import Path

from bot.authoring.tour import STOPS, main

TOUR = Path(__file__).resolve().parents[1] / "docs" / "tour.md"


def test_the_tour_is_what_its_command_prints() -> None:
    """After an edit of a text: python -m bot.authoring.tour > docs/tour.md."""
    printed: list[str] = []
    main(printed.append)
    assert TOUR.read_text(encoding="utf-8") == "".join(printed)


def test_a_well_baby_of_three_weeks_needs_at_most_14_taps_from_the_menu() -> None:
    title = next(stop.title for stop in STOPS if "3 weeks" in stop.title)
    chapter = TOUR.read_text(encoding="utf-8").split(f"## {title}")[1].split("\n## ")[0]
    assert "What you describe is common at this age." in chapter
    assert chapter.count("**You:**") <= 14
