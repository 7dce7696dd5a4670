"""Coverage of a picture: what golden chats walk is plain, what none of them walks is dashed."""

from __future__ import annotations

from functools import cache

from bot.authoring.draw_dialog import draw_dialog
from bot.authoring.draw_docs import alarms
from bot.authoring.draw_picture import Picture, Way
from bot.authoring.draw_walked import LEGEND, Walked, conversations_of, walk
from bot.authoring.golden import engine, files
from bot.authoring.trail import Way as Step
from bot.authoring.trail import all_ways
from bot.places import find_places
from bot.script.machine import START

SCRIPT = engine().script
ALARMS = alarms()


@cache
def one_chat() -> Walked:
    """What a single golden chat walks: a list of emergencies, answered yes."""
    chats = conversations_of(SCRIPT, find_places())
    return walk(SCRIPT, [next(one for one in chats if one.place.file.startswith("danger_e01"))])


def marked(name: str, walked: Walked) -> Picture:
    return walked.marks(draw_dialog(SCRIPT, ALARMS, name), SCRIPT.machines[name])


def test_all_golden_chats_are_found() -> None:
    chats = conversations_of(SCRIPT, find_places())

    assert {one.place.file for one in chats} == {path.name for path in files()}


def test_an_arrow_that_a_chat_walks_is_plain_and_the_others_are_dashed() -> None:
    picture = marked("danger_check", one_chat())
    ways = {(arrow.source, arrow.target): arrow.bare for arrow in picture.arrows if arrow.way is not Way.ALARM}

    assert not ways[(START, "do_danger_signs")]
    assert ways[("do_rest_of_check", "finish")]


def test_a_red_arrow_is_plain_where_a_chat_raised_that_level_at_that_question() -> None:
    red = {arrow.target: arrow.bare for arrow in marked("danger_signs", one_chat()).arrows if arrow.way is Way.ALARM}

    assert not red["EMERGENCY checklist_danger_signs"]
    assert red["URGENT checklist_danger_signs"]


def test_a_box_at_which_no_chat_stops_is_dashed() -> None:
    stops = {box.key: box.bare for box in marked("danger_check", one_chat()).boxes}

    assert not stops["do_danger_signs"]
    assert stops["do_rest_of_check"]


def test_ways_that_are_walked_in_pieces_only_are_named() -> None:
    machine = SCRIPT.machines["temperature"]
    lost = ("ask_temperature_again_c", "end")
    walked = Walked(all_ways(SCRIPT) - {Step("temperature", *lost)}, frozenset(), frozenset())

    assert [(edge.source, edge.target) for edge in walked.missing(machine)] == [lost]


def test_a_dialog_that_every_move_was_seen_in_has_no_dashed_way() -> None:
    for name, machine in SCRIPT.machines.items():
        walked = Walked(all_ways(SCRIPT), frozenset(), frozenset())
        picture = marked(name, walked) if SCRIPT.dialogs[name].part else None
        for arrow in picture.arrows if picture is not None else ():
            assert not arrow.bare or arrow.way in (Way.ALARM, Way.CLOSED)
        assert walked.missing(machine) == []


def test_the_legend_says_what_dashed_means() -> None:
    assert LEGEND in marked("temperature", one_chat()).legend
    assert LEGEND not in draw_dialog(SCRIPT, ALARMS, "temperature").legend
